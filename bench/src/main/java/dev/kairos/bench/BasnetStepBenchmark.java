// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import dev.kairos.autograd.Variable;
import dev.kairos.methods.backbone.BasnetLosses;
import dev.kairos.methods.backbone.BasnetModel;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.TrainingPass;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Param;

/**
 * How fast is a step of training BaS-Net, and how much memory does it take? Ten classes, 512
 * channels in the filtering module, hidden width as that of the features, dropout 0.7, Adam.
 */
public class BasnetStepBenchmark extends BasnetDuel<BasnetModel> {
  /** Recordings, snippets, width; the last is the published setting. */
  @Param({"4x320x512", "4x320x1024", "16x750x2048"})
  public String size = "";

  @Override
  String size() {
    return size;
  }

  /** Of the products alone. */
  @Override
  double operations(String given) {
    return BasnetCase.parse(given).operations(true);
  }

  @Override
  int networks() {
    return 1;
  }

  @Override
  BasnetModel model(Parameters parameters, BasnetCase sizes) {
    return new BasnetModel(
        parameters,
        sizes.width(),
        BasnetCase.CLASSES,
        BasnetCase.FILTER,
        sizes.width(),
        BasnetCase.DROPOUT);
  }

  @Override
  Function<TrainingPass, Variable> loss(Engine engine, BasnetModel model, BasnetCase sizes) {
    Tensor features =
        engine.tensor(sizes.features(1), sizes.recordings(), sizes.snippets(), sizes.width());
    Tensor labels = engine.tensor(sizes.labels(), sizes.recordings(), BasnetCase.CLASSES);
    return pass -> {
      var output = model.forward(pass, pass.constant(features));
      return BasnetLosses.of(output, pass.constant(labels), sizes.top(), BasnetCase.NORM_WEIGHT)
          .total();
    };
  }

  @Override
  String torchLoss(BasnetCase sizes) {
    return TorchScript.part("basnet-loss");
  }
}
