// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import ai.djl.ndarray.NDArray;
import dev.kairos.methods.rskp.RskpLosses;
import dev.kairos.methods.rskp.RskpNetwork;
import dev.kairos.nn.Parameters;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.util.List;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How fast is a step of training RSKP on one recording, and how much memory does it take? Forward
 * with dropout 0.6, all losses without the memory bank, backward, Adam; 20 classes. Libtorch walks
 * as published through the inverse of a T by T matrix, {@code libtorch-woodbury} as ours does.
 */
@Warmup(iterations = 8, time = 1)
public class RskpStepBenchmark extends Duel {
  /** The contender. */
  @Param({Peers.KAIROS, Peers.LIBTORCH, RskpCase.WOODBURY})
  public String peer = "";

  /** Snippets and width, of features and embedding. */
  @Param("400x2048")
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
    return "21x18";
  }

  @Override
  double tolerance() {
    return 1e-5;
  }

  /** Of the embedding and its weight gradient alone. */
  @Override
  double operations(String given) {
    int[] s = Sizes.parse(given, 2);
    return 2 * 2.0 * s[0] * s[1] * s[1];
  }

  @Override
  Contender open(String name, String given) {
    Peers.require(name, Peers.LIBTORCH, RskpCase.WOODBURY);
    int[] s = Sizes.parse(given, 2);
    float[] x = Values.uniform(1, s[0] * s[1], 0, 1);
    boolean ours = Peers.isOurs(name);
    Engine engine = Peers.engine(ours ? name : Peers.SCALAR, threads);
    Parameters parameters = KairosStep.parameters(engine);
    RskpNetwork network = RskpCase.network(parameters, s[1], RskpCase.DROPOUT);
    if (ours) {
      Tensor features = engine.tensor(x, s);
      Tensor labels = engine.tensor(RskpCase.labels(), 1, RskpCase.CLASSES);
      RskpLosses.Weights weights = RskpLosses.Weights.published(1);
      return new KairosStep(
          parameters,
          pass ->
              RskpLosses.of(network.forward(pass, pass.constant(features)), null, labels, weights)
                  .total());
    }
    try (engine) {
      Libtorch torch =
          Libtorch.open(
              TorchScript.program("rskp", RskpCase.walk(name), "rskp-loss", "adam", "step"),
              threads);
      List<NDArray> weights = parameters.all().stream().map(torch::weight).toList();
      TorchStep.Inputs inputs =
          new TorchStep.Inputs(
              List.of(torch.tensor(x, s)),
              torch.tensor(RskpCase.target(1), 1, RskpCase.CLASSES + 1),
              torch.tensor(RskpCase.target(0), 1, RskpCase.CLASSES + 1),
              RskpCase.DROPOUT,
              RskpCase.attended(s[0]));
      return new TorchStep(torch, inputs, weights);
    }
  }
}
