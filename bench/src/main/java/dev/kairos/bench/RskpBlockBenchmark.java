// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import ai.djl.ndarray.NDArray;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.rskp.RskpNetwork;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.tensor.Engine;
import java.util.List;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How fast is RSKP's block, forward and backward to its weights, with 8 representatives? Ours walks
 * through an 8 by 8 system, libtorch as published through the inverse of a T by T matrix, and
 * {@code libtorch-woodbury} as ours does.
 */
@Warmup(iterations = 8, time = 1)
public class RskpBlockBenchmark extends Duel {

  /** The contender. */
  @Param({Peers.KAIROS, Peers.LIBTORCH, RskpCase.WOODBURY})
  public String peer = "";

  /** Snippets and width. */
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
    return 1e-4;
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
    float[] seed = Values.uniform(2, s[0] * s[1], -1, 1);
    boolean ours = Peers.isOurs(name);
    Engine engine = Peers.engine(ours ? name : Peers.SCALAR, threads);
    Parameters parameters = new Parameters(engine, new RandomKey(3, 0));
    RskpNetwork network = RskpCase.network(parameters, s[1], 0);
    List<Parameter> used = parameters.all().subList(0, 3); // no head
    if (ours) {
      return new KairosGradients(
          used, engine.tensor(x, s), engine.tensor(seed, s), false, network::carried);
    }
    try (engine) {
      String walk = RskpCase.walk(name);
      Libtorch torch = Libtorch.open(TorchGradients.program(false, "rskp", walk), threads);
      List<NDArray> weights = used.stream().map(torch::weight).toList();
      return new TorchGradients(
          torch, torch.tensor(x, s), torch.tensor(seed, s), weights, all -> all);
    }
  }
}
