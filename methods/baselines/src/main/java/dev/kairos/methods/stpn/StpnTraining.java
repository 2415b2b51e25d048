// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.stpn;

import dev.kairos.autograd.Variable;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.host.SampledHostTask;
import dev.kairos.methods.host.StreamColumns;
import dev.kairos.methods.training.Batch;
import dev.kairos.methods.training.DrawnBatch;
import dev.kairos.methods.training.StepPosition;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.nn.TrainingPass;
import dev.kairos.tensor.Engine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The one training of STPN: random batches of sampled snippets, and the sum of the losses of all
 * networks, which share no weight.
 *
 * @param networks one for all streams, or for each
 */
record StpnTraining(
    StpnConfig config, Map<StreamColumns, StpnNetwork> networks, TrainingData data, Engine engine)
    implements SampledHostTask {
  @Override
  public DrawnBatch drawn(StepPosition at, RandomKey key) {
    return DrawnBatch.random(data, config.batch(), config.segments(), key);
  }

  @Override
  public Scored scored(TrainingPass pass, Batch batch) {
    Variable x = pass.constant(batch.features(engine));
    Variable labels = pass.constant(batch.labels(engine));
    List<Scores> scores = new ArrayList<>();
    List<Variable> totals = new ArrayList<>();
    Map<String, Variable> losses = new LinkedHashMap<>();
    for (Map.Entry<StreamColumns, StpnNetwork> stream : networks.entrySet()) {
      StpnNetwork.Output<Variable> output = stream.getValue().forward(pass, stream.getKey().of(x));
      StpnLosses.Parts<Variable> parts = StpnLosses.of(output, labels, config);
      totals.add(parts.total());
      losses.put("loss_classes_" + stream.getKey().name(), parts.classes());
      losses.put("sparsity_" + stream.getKey().name(), parts.sparsity());
      scores.add(new Scores(output.activations(), 1, Form.SIGMOID));
    }
    losses.put("loss", totals.stream().reduce(Variable::add).orElseThrow());
    return new Scored(losses, scores);
  }
}
