// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import ai.djl.ndarray.NDArray;
import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.layer.TransformerBlock;
import dev.kairos.tensor.Engine;
import java.util.List;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How fast is a transformer block with 8 heads, forward and backward to input and weights? Its
 * sizes are those of a proposal's encoder: 32 proposals of 32 samples and a class token.
 */
@Warmup(iterations = 8, time = 1)
public class TransformerBlockBenchmark extends Duel {
  private static final int HEADS = 8;
  private static final int LAYERS = 2;

  /** The contender. */
  @Param({Peers.KAIROS, Peers.LIBTORCH})
  public String peer = "";

  /** Sequences, length, width. */
  @Param({"32x33x512", "1x750x512"})
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
    return "3x5x16";
  }

  @Override
  double tolerance() {
    return 1e-5;
  }

  /** Of the products: projections and the inner pair, and attention. */
  @Override
  double operations(String given) {
    int[] s = Sizes.parse(given, 3);
    double rows = 2.0 * s[0] * s[1];
    return 3 * (rows * 12 * s[2] * s[2] + 2 * rows * s[1] * s[2]);
  }

  @Override
  Contender open(String name, String given) {
    Peers.require(name, Peers.LIBTORCH);
    int[] s = Sizes.parse(given, 3);
    float[] x = Values.uniform(1, s[0] * s[1] * s[2], -1, 1);
    float[] seed = Values.uniform(2, x.length, -1, 1);
    boolean ours = Peers.isOurs(name);
    Engine engine = Peers.engine(ours ? name : Peers.SCALAR, threads);
    Parameters parameters = new Parameters(engine, new RandomKey(3, 0));
    TransformerBlock block = new TransformerBlock(parameters, s[2], HEADS, LAYERS);
    if (ours) {
      return new KairosGradients(
          parameters.all(),
          engine.tensor(x, s),
          engine.tensor(seed, s),
          true,
          (pass, v) -> block.forward(pass, v, null));
    }
    try (engine) {
      Libtorch torch = Libtorch.open(TorchGradients.program(true, "transformer"), threads);
      List<NDArray> weights = parameters.all().stream().map(torch::weight).toList();
      return new TorchGradients(
          torch, Libtorch.leaf(torch.tensor(x, s)), torch.tensor(seed, s), weights, all -> all);
    }
  }
}
