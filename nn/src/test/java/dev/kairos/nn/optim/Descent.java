// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.optim;

import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.FileLayout;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.Trial;
import dev.kairos.nn.init.Initializer;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Two weights, and gradients for some steps that are the same for whoever asks. */
final class Descent {
  static final int STEPS = 10;

  private final Parameters parameters;
  private final List<double[]> gradients = new ArrayList<>();

  Descent(Engine engine) {
    this.parameters = new Parameters(engine, new RandomKey(30, 0));
    parameters.create("w", Shape.of(3, 4), Initializer.normal(1), FileLayout.LINEAR);
    parameters.create("b", Shape.of(5), Initializer.normal(1), FileLayout.SAME);
    SplittableRandom random = new SplittableRandom(31);
    for (int step = 0; step < STEPS; step++) {
      gradients.add(Trial.numbers(random, 17));
    }
  }

  Parameters parameters() {
    return parameters;
  }

  /** All weights in one row. */
  double[] weights() {
    double[] all = new double[17];
    System.arraycopy(Trial.weight(parameters, "w"), 0, all, 0, 12);
    System.arraycopy(Trial.weight(parameters, "b"), 0, all, 12, 5);
    return all;
  }

  /** The gradients of a step in one row. */
  double[] gradient(int step) {
    return gradients.get(step);
  }

  /** The gradients of a step as a pass would give them, as views that begin inside a buffer. */
  Function<Parameter, Tensor> gradients(int step) {
    Engine engine = parameters.engine();
    Tensor row = engine.tensor(gradients.get(step), 17);
    // The first comes as the transpose of a transposed copy: strides that are not those of rows.
    Tensor turned = row.narrow(0, 0, 12).reshape(3, 4).transpose(0, 1).contiguous();
    return p -> p.name().equals("w") ? turned.transpose(0, 1) : row.narrow(0, 12, 5);
  }
}
