// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.facnet;

import dev.kairos.autograd.Variable;
import dev.kairos.methods.host.StreamColumns;
import dev.kairos.methods.host.WholeHostTask;
import dev.kairos.methods.training.Batch;
import dev.kairos.methods.training.EpochOrder;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.nn.TrainingPass;
import dev.kairos.tensor.Engine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The one training of FAC-Net: whole recordings, and the sum of the losses of all streams. Streams
 * share no weight, so each learns what it would alone.
 *
 * @param networks one for each stream
 */
record FacnetTraining(
    FacnetConfig config,
    Map<StreamColumns, FacnetNetwork> networks,
    TrainingData data,
    EpochOrder order,
    Engine engine)
    implements WholeHostTask {
  @Override
  public Scored scored(TrainingPass pass, Batch batch) {
    Variable x = pass.constant(batch.features(engine)).select(0, 0); // [T,D]
    Variable labels = pass.constant(batch.labels(engine));
    List<Scores> scores = new ArrayList<>();
    Map<String, Variable> losses = new LinkedHashMap<>();
    for (Map.Entry<StreamColumns, FacnetNetwork> stream : networks.entrySet()) {
      FacnetNetwork.Output<Variable> output =
          stream.getValue().forward(pass, stream.getKey().of(x));
      Variable loss = FacnetLosses.of(output, labels, config).total();
      losses.put("loss_" + stream.getKey().name(), loss);
      scores.add(new Scores(output.logits(), 1, Form.SOFTMAX));
    }
    losses.put("loss", losses.values().stream().reduce(Variable::add).orElseThrow());
    return new Scored(losses, scores);
  }
}
