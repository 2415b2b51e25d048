// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import dev.kairos.autograd.Gradients;
import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.FileLayout;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.TrainingPass;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Ours: a forward pass and the gradients with respect to the input, if wanted, and every weight.
 * The answer is output, input gradient, weight gradients, weights laid out as in PyTorch.
 */
final class KairosGradients implements Contender {
  private static final RandomKey KEY = new RandomKey(1, 1);

  /** The computation. */
  @FunctionalInterface
  interface Forward {
    Variable of(TrainingPass pass, Variable x);
  }

  private final Engine engine;
  private final List<Parameter> weights;
  private final Tensor input;
  private final Tensor seed;
  private final boolean inputGradient;
  private final Forward forward;

  /**
   * A computation.
   *
   * @param weights whose gradients are part of the answer
   * @param input made outside every scope
   * @param seed the gradient that reaches the output; likewise
   */
  KairosGradients(
      List<Parameter> weights, Tensor input, Tensor seed, boolean inputGradient, Forward forward) {
    this.engine = input.engine();
    this.weights = List.copyOf(weights);
    this.input = input;
    this.seed = seed;
    this.inputGradient = inputGradient;
    this.forward = forward;
  }

  @Override
  public void run() {
    try (Tape tape = new Tape(engine)) {
      TrainingPass pass = new TrainingPass(tape, KEY, false);
      Variable x = inputGradient ? tape.leaf(input) : tape.constant(input);
      tape.backward(forward.of(pass, x), seed);
    }
  }

  @Override
  public double[] answer() {
    try (Tape tape = new Tape(engine)) {
      TrainingPass pass = new TrainingPass(tape, KEY, false);
      Variable x = inputGradient ? tape.leaf(input) : tape.constant(input);
      Variable y = forward.of(pass, x);
      Gradients gradients = tape.backward(y, seed);
      DoubleStream all = DoubleStream.of(y.value().toDoubles());
      if (inputGradient) {
        all = DoubleStream.concat(all, DoubleStream.of(gradients.of(x).toDoubles()));
      }
      for (Parameter p : weights) {
        double[] values = inFile(p.layout(), pass.gradient(gradients, p)).toDoubles();
        all = DoubleStream.concat(all, DoubleStream.of(values));
      }
      return all.toArray();
    }
  }

  /** A weight, or its gradient, with PyTorch's order of axes. */
  static Tensor inFile(FileLayout layout, Tensor tensor) {
    return switch (layout) {
      case SAME -> tensor;
      case LINEAR -> tensor.transpose(0, 1);
      case CONV1D -> tensor.transpose(0, 2);
    };
  }

  @Override
  public void close() {
    engine.close();
  }
}
