// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.autograd.Gradients;
import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.kernels.Backends;
import dev.kairos.kernels.RandomKey;
import dev.kairos.lp.linpro.LinProOptions;
import dev.kairos.lp.linpro.LinProProblem;
import dev.kairos.lp.linpro.LinProSolver;
import dev.kairos.lp.linpro.SignForm;
import dev.kairos.lp.linpro.Weighting;
import dev.kairos.methods.backbone.BasnetLosses;
import dev.kairos.methods.backbone.BasnetModel;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.TrainingPass;
import dev.kairos.nn.optim.Adam;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * How fast this machine does what training does: everything is warmed up, then measured in turns,
 * and the median counts.
 */
final class SpeedCheck {
  private static final int BATCH = 4;
  private static final int TIME = 320;
  private static final int WIDTH = 512;
  private static final int CLASSES = 20;
  private static final int TURNS = 5;
  private static final int ROUNDS = 1_000_000;

  /**
   * One measured kind of work.
   *
   * @param sizes m, n, k of a product; batch, time and channels of a convolution; else empty
   * @param threads how many worked
   * @param millis median time of a run
   * @param gflops billions of floating-point operations a second
   */
  record Line(List<Integer> sizes, int threads, double millis, double gflops) {}

  /**
   * What was measured.
   *
   * @param lanes elements an instruction handles
   * @param peak GFLOP/s of one thread that multiplies and adds in registers alone
   * @param matmul products of two matrices
   * @param conv1d convolutions over time of kernel 3, forward and both gradients
   * @param step training steps of BaS-Net
   * @param linPro microseconds of a solve by number of instances, in 750 snippets
   */
  record Speeds(
      int lanes,
      double peak,
      List<Line> matmul,
      List<Line> conv1d,
      List<Line> step,
      Map<Integer, Double> linPro) {}

  /** Work that does a number of floating-point operations. */
  private static final class Task {
    final Runnable work;
    final double operations;
    final double[] seconds = new double[TURNS];

    Task(double operations, Runnable work) {
      this.operations = operations;
      this.work = work;
    }

    /** Runs until the time is over, and gives the mean of a run. */
    double repeat(double forSeconds) {
      long start = System.nanoTime();
      double passed;
      int runs = 0;
      do {
        work.run();
        runs++;
        passed = (System.nanoTime() - start) * 1e-9;
      } while (passed < forSeconds);
      return passed / runs;
    }

    double median() {
      double[] sorted = seconds.clone();
      Arrays.sort(sorted);
      return sorted[TURNS / 2];
    }

    Line line(int threads, Integer... sizes) {
      return new Line(List.of(sizes), threads, median() * 1e3, operations / median() * 1e-9);
    }
  }

  private final List<Task> tasks = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(1);
  private final boolean quick;

  SpeedCheck(boolean quick) {
    this.quick = quick;
  }

  private Task task(double operations, Runnable work) {
    Task made = new Task(operations, work);
    tasks.add(made);
    return made;
  }

  Speeds measure() {
    int all = Runtime.getRuntime().availableProcessors();
    try (Engine one = Engine.open(Backends.CPU, 1);
        Engine many = Engine.open(Backends.CPU, all)) {
      List<Engine> engines = all == 1 ? List.of(one) : List.of(one, many);
      double operations = (double) one.backend().multiplyAdds(1) * ROUNDS;
      Task peak = task(operations, () -> one.backend().multiplyAdds(ROUNDS));
      int[] sizes = quick ? new int[] {512} : new int[] {512, 1024, 2048};
      List<Task> matmul = new ArrayList<>();
      List<Task> conv1d = new ArrayList<>();
      List<Task> step = new ArrayList<>();
      for (Engine engine : engines) {
        for (int size : sizes) {
          matmul.add(matmul(engine, size));
        }
        conv1d.add(conv1d(engine));
        step.add(step(engine));
      }
      Map<Integer, Task> linPro = new TreeMap<>();
      for (int n : new int[] {3, 10, 30}) {
        linPro.put(n, linPro(n));
      }
      run();
      List<Line> products = new ArrayList<>();
      List<Line> convolutions = new ArrayList<>();
      List<Line> steps = new ArrayList<>();
      for (int e = 0; e < engines.size(); e++) {
        int threads = engines.get(e).backend().threads();
        for (int s = 0; s < sizes.length; s++) {
          Task product = matmul.get(e * sizes.length + s);
          products.add(product.line(threads, sizes[s], sizes[s], sizes[s]));
        }
        convolutions.add(conv1d.get(e).line(threads, BATCH, TIME, WIDTH));
        steps.add(step.get(e).line(threads));
      }
      Map<Integer, Double> micros = new TreeMap<>();
      linPro.forEach((n, solve) -> micros.put(n, solve.median() * 1e6));
      double most = peak.line(1).gflops();
      return new Speeds(one.backend().lanes(), most, products, convolutions, steps, micros);
    }
  }

  private void run() {
    for (Task each : tasks) {
      each.repeat(quick ? 0.7 : 2);
    }
    for (int turn = 0; turn < TURNS; turn++) {
      for (Task each : tasks) {
        each.seconds[turn] = each.repeat(quick ? 0.05 : 0.2);
      }
    }
  }

  private Tensor tensor(Engine engine, int... sizes) {
    float[] values = new float[Arrays.stream(sizes).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return engine.tensor(values, sizes);
  }

  private Task matmul(Engine engine, int size) {
    Tensor left = tensor(engine, size, size);
    Tensor right = tensor(engine, size, size);
    return task(
        2.0 * size * size * size,
        () -> {
          try (Scope scope = engine.scope()) {
            left.matmul(right);
          }
        });
  }

  private Task conv1d(Engine engine) {
    Tensor input = tensor(engine, BATCH, TIME, WIDTH);
    Tensor weight = tensor(engine, 3, WIDTH, WIDTH);
    return task(
        3 * convolution(1),
        () -> {
          try (Tape tape = new Tape(engine)) {
            Variable x = tape.leaf(input);
            tape.backward(x.conv1d(tape.leaf(weight), 1, 1, 1), input);
          }
        });
  }

  /** Operations of one product of a convolution of kernel 3 over so many batches. */
  private static double convolution(int batches) {
    return 2.0 * batches * BATCH * TIME * 3 * WIDTH * WIDTH;
  }

  /**
   * A step of BaS-Net. Of the first convolution one product serves both branches, forward and for
   * the weight, and none is needed for the input; the second has all three, for both branches.
   */
  private Task step(Engine engine) {
    double filter = convolution(1) / 3;
    double classifier = 2.0 * 2 * BATCH * TIME * WIDTH * (CLASSES + 1);
    Parameters parameters = new Parameters(engine, new RandomKey(1, 0));
    BasnetModel network = new BasnetModel(parameters, WIDTH, CLASSES, WIDTH, WIDTH, 0.7);
    Adam adam = new Adam(parameters, Adam.Options.defaults());
    Tensor features = tensor(engine, BATCH, TIME, WIDTH);
    Tensor labels = engine.full(1, Shape.of(BATCH, CLASSES));
    return task(
        2 * convolution(1) + 3 * convolution(2) + 2 * filter + 3 * classifier,
        () -> {
          try (Tape tape = new Tape(engine)) {
            TrainingPass pass = new TrainingPass(tape, new RandomKey(2, adam.steps()));
            BasnetModel.Output<Variable> output = network.forward(pass, pass.constant(features));
            Variable loss = BasnetLosses.of(output, pass.constant(labels), TIME / 8, 1e-4).total();
            Gradients gradients = tape.backward(loss);
            adam.step(parameter -> pass.gradient(gradients, parameter), 1e-4);
          }
        });
  }

  /** Instances of 10 to 60 snippets with margins of a quarter, here and there in 750. */
  private Task linPro(int n) {
    int length = 750;
    int[][] cuts = new int[n][];
    double[] targets = new double[n];
    for (int i = 0; i < n; i++) {
      int size = random.nextInt(10, 60);
      int start = random.nextInt(length - size);
      int margin = size / 4;
      int from = Math.max(0, start - margin);
      int to = Math.min(length, start + size + margin);
      cuts[i] = new int[] {from, start, start + size, to};
      targets[i] = random.nextDouble(0.1, 0.9);
    }
    LinProProblem problem = new LinProProblem(length, cuts, targets, Weighting.NORMALIZED);
    LinProSolver solver = new LinProSolver(LinProOptions.elastic(SignForm.BOX, 1000));
    return task(0, () -> solver.solve(problem));
  }
}
