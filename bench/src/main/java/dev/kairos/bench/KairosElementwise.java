// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.EvaluationPass;
import dev.kairos.nn.FileLayout;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.init.Initializer;
import dev.kairos.nn.layer.LayerNorm;
import dev.kairos.nn.optim.Adam;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.Tensor;

/** Ours of {@link ElementwiseBenchmark}. */
final class KairosElementwise implements Contender {
  /** What is timed; its result lives until the scope it ran in is closed. */
  @FunctionalInterface
  private interface Operation {
    Tensor once();
  }

  private final Engine engine;
  private final Operation operation;

  private KairosElementwise(Engine engine, Operation operation) {
    this.engine = engine;
    this.operation = operation;
  }

  static Contender open(Engine engine, String operation, int rows, int columns) {
    Tensor x = engine.tensor(Values.uniform(1, rows * columns, -4, 4), rows, columns);
    Parameters parameters = new Parameters(engine, new RandomKey(1, 1));
    Operation work =
        switch (operation) {
          case "sigmoid" -> x::sigmoid;
          case "softmax" -> x::softmax;
          case "layerNorm" -> {
            LayerNorm norm = new LayerNorm(parameters, columns, 1e-5);
            yield () -> norm.forward(new EvaluationPass(), x);
          }
          case "adam" -> adam(parameters, x);
          default -> throw new IllegalArgumentException("no operation " + operation);
        };
    return new KairosElementwise(engine, work);
  }

  private static Operation adam(Parameters parameters, Tensor gradient) {
    Shape shape = gradient.shape();
    Parameter weight =
        parameters.create("weight", shape, Initializer.constant(0.5), FileLayout.SAME);
    Adam adam = new Adam(parameters, Adam.Options.defaults().withWeightDecay(5e-4));
    return () -> {
      adam.step(parameter -> gradient, KairosStep.LEARNING_RATE);
      return weight.value();
    };
  }

  @Override
  public void run() {
    try (Scope scope = engine.scope()) {
      operation.once();
    }
  }

  @Override
  public double[] answer() {
    try (Scope scope = engine.scope()) {
      return operation.once().toDoubles();
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}
