// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.optim;

import dev.kairos.nn.Parameter;
import dev.kairos.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Updates parameters from their gradients. */
public interface Optimizer {
  /**
   * One step on all its weights, or on none if a gradient has not the shape of its weight.
   *
   * @param gradients the gradient of each weight, in its shape
   * @param learningRate the step size of this step
   */
  void step(Function<Parameter, Tensor> gradients, double learningRate);

  /** The weights it moves, in the order they were made. */
  List<Parameter> parameters();

  /** Steps taken so far. */
  long steps();

  /**
   * What it remembers, by name, as live tensors: written to and read from checkpoints. In the order
   * of the weights; the map cannot be changed.
   */
  Map<String, Tensor> state();

  /** Goes on after the given number of steps; the state was overwritten to match. */
  void resume(long steps);
}
