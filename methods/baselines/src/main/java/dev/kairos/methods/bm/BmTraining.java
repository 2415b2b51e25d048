// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.bm;

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

/** The one training of background modelling: random batches of sampled snippets. */
record BmTraining(BmConfig config, BmNetwork network, TrainingData data, Engine engine)
    implements SampledHostTask {
  @Override
  public DrawnBatch drawn(StepPosition at, RandomKey key) {
    return DrawnBatch.random(data, config.batch(), config.segments(), key);
  }

  @Override
  public Scored scored(TrainingPass pass, Batch batch) {
    BmNetwork.Output<Variable> output =
        network.forward(pass, pass.constant(batch.features(engine)));
    BmLosses.Parts<Variable> parts =
        BmLosses.of(output, output.logits().value().softmax(), batch.labels(engine), config);
    Map<String, Variable> losses = new LinkedHashMap<>();
    losses.put("loss", parts.total());
    losses.put("loss_foreground", parts.foreground());
    losses.put("loss_background", parts.background());
    losses.put("loss_guide", parts.guide());
    losses.put("loss_cluster", parts.cluster());
    return new Scored(losses, List.of(new Scores(output.logits(), 1, Form.SOFTMAX)));
  }
}
