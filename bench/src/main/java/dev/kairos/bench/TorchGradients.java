// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Libtorch: a forward pass and the gradients with respect to the input, if it is a leaf, and every
 * weight, in the order of {@link KairosGradients}.
 */
final class TorchGradients implements Contender {
  private final Libtorch torch;
  private final NDArray input;
  private final NDArray seed;
  private final List<NDArray> weights;
  private final UnaryOperator<NDList> arrange;

  /**
   * A computation.
   *
   * @param torch with a program from {@link #program}
   * @param seed the gradient that reaches the output
   * @param arrange from its result to the order of axes of {@link KairosGradients}
   */
  TorchGradients(
      Libtorch torch,
      NDArray input,
      NDArray seed,
      List<NDArray> weights,
      UnaryOperator<NDList> arrange) {
    this.torch = torch;
    this.input = input;
    this.seed = seed;
    this.weights = weights;
    this.arrange = arrange;
  }

  /** The parts of a program, one of which has the method {@code forward(x, weights)}. */
  static String program(boolean inputGradient, String... parts) {
    String leaves = inputGradient ? "[x]" : "[]";
    String gradients = TorchScript.part("gradients").replace("LEAVES", leaves);
    return TorchScript.program(parts) + gradients;
  }

  @Override
  public void run() {
    torch.call("gradients", input, seed, weights).close();
  }

  @Override
  public double[] answer() {
    return Libtorch.values(arrange.apply(torch.call("gradients", input, seed, weights)));
  }

  @Override
  public void close() {
    torch.close();
  }
}
