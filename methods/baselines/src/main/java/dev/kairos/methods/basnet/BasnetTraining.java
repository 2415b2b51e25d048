// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.basnet;

import dev.kairos.autograd.Variable;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.backbone.BasnetLosses;
import dev.kairos.methods.backbone.BasnetModel;
import dev.kairos.methods.host.SampledHostTask;
import dev.kairos.methods.training.Batch;
import dev.kairos.methods.training.DrawnBatch;
import dev.kairos.methods.training.EpochOrder;
import dev.kairos.methods.training.StepPosition;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.nn.TrainingPass;
import dev.kairos.tensor.Engine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one training of BaS-Net: random batches, Adam at a constant rate.
 *
 * @param order which recordings a step takes; null where each step draws them anew
 */
record BasnetTraining(
    BasnetConfig config,
    BasnetModel network,
    TrainingData data,
    @Nullable EpochOrder order,
    Engine engine)
    implements SampledHostTask {
  @Override
  public DrawnBatch drawn(StepPosition at, RandomKey key) {
    return order == null
        ? DrawnBatch.random(data, config.batch(), config.segments(), key)
        : DrawnBatch.random(data, order.at(at.step()), config.segments(), key);
  }

  @Override
  public Scored scored(TrainingPass pass, Batch batch) {
    Variable x = pass.constant(batch.features(engine));
    Variable labels = pass.constant(batch.labels(engine));
    BasnetModel.Output<Variable> output = network.forward(pass, x);
    BasnetLosses.Parts<Variable> parts =
        BasnetLosses.of(output, labels, config.topK(), config.normWeight());
    Map<String, Variable> losses = new LinkedHashMap<>();
    losses.put("loss", parts.total());
    losses.put("loss_base", parts.base());
    losses.put("loss_suppression", parts.suppression());
    losses.put("norm", parts.norm());
    return new Scored(losses, List.of(new Scores(output.casSuppression(), 1, Form.SOFTMAX)));
  }
}
