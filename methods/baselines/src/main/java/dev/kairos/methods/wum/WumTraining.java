// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.wum;

import dev.kairos.autograd.Variable;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.host.SampledHostTask;
import dev.kairos.methods.training.Batch;
import dev.kairos.methods.training.DrawnBatch;
import dev.kairos.methods.training.StepPosition;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.nn.TrainingPass;
import dev.kairos.tensor.Engine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The one training of WUM: random batches of sampled snippets. */
record WumTraining(WumConfig config, WumNetwork network, TrainingData data, Engine engine)
    implements SampledHostTask {
  @Override
  public DrawnBatch drawn(StepPosition at, RandomKey key) {
    return DrawnBatch.random(data, config.batch(), config.segments(), key);
  }

  @Override
  public Scored scored(TrainingPass pass, Batch batch) {
    Variable x = pass.constant(batch.features(engine));
    Variable labels = pass.constant(batch.labels(engine));
    WumNetwork.Output<Variable> output = network.forward(pass, x);
    WumLosses.Parts<Variable> parts = WumLosses.of(output, labels, config);
    Map<String, Variable> losses = new LinkedHashMap<>();
    losses.put("loss", parts.total());
    losses.put("loss_classes", parts.classes());
    losses.put("loss_entropy", parts.entropy());
    losses.put("loss_uncertainty", parts.uncertainty());
    return new Scored(losses, List.of(new Scores(output.cas(), 1, Form.SOFTMAX)));
  }
}
