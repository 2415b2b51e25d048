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
import org.openjdk.jmh.annotations.Warmup;

/**
 * How fast is a step of training BaS-Net, and how much memory does it take? Ten classes, 512
 * channels in the filtering module, hidden width as that of the features, dropout 0.7, Adam.
 */
@Warmup(iterations = 8, time = 1)
public class BasnetStepBenchmark extends Duel {
  /** The contender. */
  @Param({Peers.KAIROS, Peers.LIBTORCH, Peers.LIBTORCH_UNFOLD})
  public String peer = "";

  /** Recordings, snippets, width; the last is the published setting. */
  @Param({"4x320x512", "4x320x1024", "16x750x2048"})
  public String size = "";

  @Override
  String peer() {
    return peer;
  }

  @Override
  String size() {
    return size;
  }

  @Override
  String smallSize() {
    return "2x19x12";
  }

  @Override
  double tolerance() {
    return 2e-6;
  }

  /** Of the products alone. */
  @Override
  double operations(String given) {
    return BasnetCase.parse(given).operations(true);
  }

  @Override
  Contender open(String name, String given) {
    Peers.require(name, Peers.LIBTORCH, Peers.LIBTORCH_UNFOLD);
    BasnetCase sizes = BasnetCase.parse(given);
    boolean ours = Peers.isOurs(name);
    Engine engine = Peers.engine(ours ? name : Peers.SCALAR, threads);
    Parameters parameters = KairosStep.parameters(engine);
    BasnetModel network =
        new BasnetModel(
            parameters,
            sizes.width(),
            BasnetCase.CLASSES,
            BasnetCase.FILTER,
            sizes.width(),
            BasnetCase.DROPOUT);
    if (ours) {
      return new KairosStep(parameters, loss(engine, network, sizes));
    }
    try (engine) {
      boolean unfold = name.equals(Peers.LIBTORCH_UNFOLD);
      return new TorchStep(unfold, TorchScript.part("basnet-loss"), parameters, sizes, 1, threads);
    }
  }

  private static Function<TrainingPass, Variable> loss(
      Engine engine, BasnetModel network, BasnetCase sizes) {
    Tensor features =
        engine.tensor(sizes.features(1), sizes.recordings(), sizes.snippets(), sizes.width());
    Tensor labels = engine.tensor(sizes.labels(), sizes.recordings(), BasnetCase.CLASSES);
    return pass -> {
      var output = network.forward(pass, pass.constant(features));
      return BasnetLosses.of(output, pass.constant(labels), sizes.top(), BasnetCase.NORM_WEIGHT)
          .total();
    };
  }
}
