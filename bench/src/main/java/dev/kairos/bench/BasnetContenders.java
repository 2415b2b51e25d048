// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import ai.djl.ndarray.NDArray;
import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.backbone.BasnetLosses;
import dev.kairos.methods.backbone.BasnetModel;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.TrainingPass;
import dev.kairos.nn.optim.Adam;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.util.List;

/**
 * A training step of BaS-Net, ours and libtorch's, from the same weights and features. The answer
 * is the loss of five steps without dropout, which differs between libraries.
 */
final class BasnetContenders {
  static final int FILTER = 512;
  static final double LEARNING_RATE = 1e-3;
  private static final int CLASSES = 10;
  private static final int ANSWERS = 5;
  private static final double DROPOUT = 0.7;
  private static final double NORM_WEIGHT = 1e-4;

  private BasnetContenders() {}

  /**
   * Readies a contender.
   *
   * @param sizes N, T, D
   */
  static Contender open(String peer, int[] sizes, int threads) {
    boolean ours = Peers.isOurs(peer);
    Engine engine = Peers.engine(ours ? peer : Peers.SCALAR, threads);
    if (ours) {
      return new Ours(engine, sizes);
    }
    try (engine) {
      Parameters parameters = new Parameters(engine, new RandomKey(5, 0));
      model(parameters, sizes, DROPOUT);
      return new Torch(peer.equals(Peers.LIBTORCH_UNFOLD), parameters, sizes, threads);
    }
  }

  private static BasnetModel model(Parameters parameters, int[] sizes, double dropout) {
    int width = sizes[2];
    return new BasnetModel(parameters, width, CLASSES, FILTER, width, dropout);
  }

  private static float[] features(int[] sizes) {
    return Values.uniform(1, sizes[0] * sizes[1] * sizes[2], 0, 1);
  }

  /** One class a recording, and the next for every other one: {@code [N, columns]}. */
  private static float[] labels(int recordings, int columns) {
    float[] labels = new float[recordings * columns];
    for (int i = 0; i < recordings; i++) {
      labels[i * columns + i % CLASSES] = 1;
      labels[i * columns + (i + i % 2) % CLASSES] = 1;
    }
    return labels;
  }

  private static int top(int[] sizes) {
    return Math.max(1, sizes[1] / 8);
  }

  private static final class Ours implements Contender {
    private final Engine engine;
    private final int[] sizes;
    private final Parameters parameters;
    private final BasnetModel network;
    private final Adam adam;
    private final Tensor features;
    private final Tensor labels;
    private long steps;

    Ours(Engine engine, int[] sizes) {
      this.engine = engine;
      this.sizes = sizes;
      this.parameters = new Parameters(engine, new RandomKey(5, 0));
      this.network = model(parameters, sizes, DROPOUT);
      this.adam = new Adam(parameters, Adam.Options.defaults().withWeightDecay(5e-4));
      this.features = engine.tensor(BasnetContenders.features(sizes), sizes);
      this.labels = engine.tensor(BasnetContenders.labels(sizes[0], CLASSES), sizes[0], CLASSES);
    }

    @Override
    public void run() {
      step(true);
    }

    @Override
    public double[] answer() {
      double[] losses = new double[ANSWERS];
      for (int i = 0; i < ANSWERS; i++) {
        losses[i] = step(false);
      }
      return losses;
    }

    private double step(boolean dropout) {
      try (Tape tape = new Tape(engine)) {
        TrainingPass pass = new TrainingPass(tape, new RandomKey(7, steps++), dropout);
        Variable x = pass.constant(features);
        Variable y = pass.constant(labels);
        Variable loss =
            BasnetLosses.of(network.forward(pass, x), y, top(sizes), NORM_WEIGHT).total();
        var gradients = tape.backward(loss);
        adam.step(parameter -> pass.gradient(gradients, parameter), LEARNING_RATE);
        return loss.value().item();
      }
    }

    @Override
    public void close() {
      engine.close();
    }
  }

  private static final class Torch implements Contender {
    private final Libtorch torch;
    private final NDArray features;
    private final NDArray withBackground;
    private final NDArray withoutBackground;
    private final NDArray dropout;
    private final NDArray none;
    private final NDArray top;
    private final List<NDArray> weights;
    private final List<NDArray> m;
    private final List<NDArray> v;
    private final List<NDArray> steps;

    Torch(boolean unfold, Parameters parameters, int[] sizes, int threads) {
      String[] parts =
          unfold
              ? new String[] {"unfold", "basnet-unfold", "adam", "basnet-step"}
              : new String[] {"basnet", "adam", "basnet-step"};
      torch = Libtorch.open(TorchScript.program(parts), threads);
      NDArray x = torch.tensor(BasnetContenders.features(sizes), sizes);
      features = unfold ? x : torch.permuted(x, 0, 2, 1);
      withBackground = target(sizes[0], 1);
      withoutBackground = target(sizes[0], 0);
      dropout = torch.full((float) DROPOUT);
      none = torch.zeros();
      top = torch.full(top(sizes));
      List<Parameter> all = parameters.all();
      weights = all.stream().map(unfold ? torch::productWeight : torch::weight).toList();
      m = weights.stream().map(torch::zerosLike).toList();
      v = weights.stream().map(torch::zerosLike).toList();
      steps = weights.stream().map(weight -> torch.zeros()).toList();
    }

    /** Rows that sum to 1, background last. */
    private NDArray target(int recordings, float background) {
      int columns = CLASSES + 1;
      float[] target = BasnetContenders.labels(recordings, columns);
      for (int i = 0; i < recordings; i++) {
        target[i * columns + CLASSES] = background;
        float sum = 0;
        for (int c = 0; c < columns; c++) {
          sum += target[i * columns + c];
        }
        for (int c = 0; c < columns; c++) {
          target[i * columns + c] /= sum;
        }
      }
      return torch.tensor(target, recordings, columns);
    }

    @Override
    public void run() {
      step(dropout);
    }

    @Override
    public double[] answer() {
      double[] losses = new double[ANSWERS];
      for (int i = 0; i < ANSWERS; i++) {
        losses[i] = step(none);
      }
      return losses;
    }

    private double step(NDArray p) {
      return Libtorch.values(
          torch.call(
              "step", features, withBackground, withoutBackground, p, top, weights, m, v, steps))[
          0];
    }

    @Override
    public void close() {
      torch.close();
    }
  }
}
