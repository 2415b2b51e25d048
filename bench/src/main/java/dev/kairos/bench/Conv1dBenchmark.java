// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.layer.Conv1d;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.util.List;
import org.openjdk.jmh.annotations.Param;

/** How fast is a convolution over time with kernel 3: output, input and weight gradient? */
public class Conv1dBenchmark extends Duel {
  private static final int KERNEL = 3;

  /** The contender. */
  @Param({Peers.KAIROS, Peers.LIBTORCH, Peers.LIBTORCH_UNFOLD})
  public String peer = "";

  /** Recordings, snippets, channels in and out; 733 snippets are a recording of eight minutes. */
  @Param({"4x320x512", "4x320x1024", "4x320x2048", "1x733x1024"})
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
    return "2x13x11";
  }

  @Override
  double tolerance() {
    return 1e-5;
  }

  @Override
  double operations(String given) {
    int[] s = Sizes.parse(given, 3);
    return 3 * 2.0 * s[0] * s[1] * KERNEL * s[2] * s[2];
  }

  @Override
  Contender open(String name, String given) {
    Peers.require(name, Peers.LIBTORCH, Peers.LIBTORCH_UNFOLD);
    int[] s = Sizes.parse(given, 3); // N, T, C
    float[] x = Values.uniform(1, s[0] * s[1] * s[2], -1, 1);
    float[] seed = Values.uniform(2, x.length, -1, 1);
    boolean ours = Peers.isOurs(name);
    Engine engine = Peers.engine(ours ? name : Peers.SCALAR, threads);
    Parameters parameters = new Parameters(engine, new RandomKey(3, 0));
    Conv1d layer = Conv1d.same(parameters, s[2], s[2], KERNEL);
    if (ours) {
      Tensor input = engine.tensor(x, s);
      return new KairosGradients(
          parameters.all(),
          input,
          engine.tensor(seed, s),
          true,
          (pass, v) -> layer.forward(pass, v));
    }
    try (engine) {
      return name.equals(Peers.LIBTORCH)
          ? convolution(parameters, x, seed, s)
          : product(parameters, x, seed, s);
    }
  }

  /** As in PyTorch: {@code [N,C,T]}. */
  private Contender convolution(Parameters parameters, float[] x, float[] seed, int[] s) {
    Libtorch torch = Libtorch.open(TorchGradients.program(true, "conv1d"), threads);
    return new TorchGradients(
        torch,
        Libtorch.leaf(torch.permuted(torch.tensor(x, s), 0, 2, 1)),
        torch.permuted(torch.tensor(seed, s), 0, 2, 1),
        parameters.all().stream().map(torch::weight).toList(),
        all ->
            new NDList(
                all.get(0).transpose(0, 2, 1),
                all.get(1).transpose(0, 2, 1),
                all.get(2),
                all.get(3)));
  }

  /** As a product, {@code [N,T,C]}. */
  private Contender product(Parameters parameters, float[] x, float[] seed, int[] s) {
    Libtorch torch =
        Libtorch.open(TorchGradients.program(true, "unfold", "conv1d-unfold"), threads);
    List<NDArray> weights = parameters.all().stream().map(torch::productWeight).toList();
    return new TorchGradients(
        torch,
        Libtorch.leaf(torch.tensor(x, s)),
        torch.tensor(seed, s),
        weights,
        all ->
            new NDList(
                all.get(0),
                all.get(1),
                all.get(2).reshape(KERNEL, s[2], s[2]).transpose(2, 1, 0),
                all.get(3)));
  }
}
