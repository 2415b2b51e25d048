// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.contract;

import dev.kairos.kernels.AdamStep;
import dev.kairos.kernels.Conv1dGeometry;
import dev.kairos.kernels.MapFunction;
import dev.kairos.kernels.RandomKey;
import dev.kairos.kernels.ReduceFunction;
import dev.kairos.kernels.RowFunction;
import dev.kairos.kernels.SgdStep;
import dev.kairos.kernels.ZipFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One call of one primitive with its operands.
 *
 * @param name the primitive, and how its operands lie
 */
record Workload(String name, Scene scene, Scene.Call call) {

  /** Workloads for every primitive, {@code scale} times as large as is enough for one thread. */
  static List<Workload> all(SplittableRandom random, int scale) {
    Collector all = new Collector(random, scale);
    all.elementwise();
    all.reductions();
    all.rowwise();
    all.selections();
    all.products();
    all.convolutions();
    all.updates();
    return all.workloads;
  }

  private static final class Collector {
    final List<Workload> workloads = new ArrayList<>();
    private final SplittableRandom random;
    private final int scale;

    Collector(SplittableRandom random, int scale) {
      this.random = random;
      this.scale = scale;
    }

    private Scene scene() {
      return new Scene(random);
    }

    /** Operands of the same sizes, one after the other in memory. */
    private Scene plain(int operands, int... sizes) {
      Scene scene = scene();
      for (int i = 0; i < operands; i++) {
        scene.reals(Layout.plain(sizes), () -> 4 * Values.ordinary(random));
      }
      return scene;
    }

    /** An operand by columns and one by rows. */
    private Scene turned(int rows, int columns) {
      return scene()
          .reals(Layout.of(1, new int[] {rows, columns}, 1, rows))
          .reals(Layout.plain(rows, columns));
    }

    private void add(String name, Scene scene, Scene.Call call) {
      workloads.add(new Workload(name, scene, call));
    }

    void elementwise() {
      int n = 1003 * scale;
      for (MapFunction f : MapFunction.values()) {
        add("map " + f, plain(2, n), (b, v) -> b.map(f, 1.7, 2.5, v[0], v[1]));
      }
      add(
          "slopes",
          plain(3, n),
          (b, v) -> b.mapMultiply(MapFunction.SWISH_SLOPE, 1.7, 0, v[0], v[1], v[2]));
      add(
          "map of columns",
          turned(17 * scale, 31),
          (b, v) -> b.map(MapFunction.EXP, 0, 0, v[0], v[1]));
      for (ZipFunction f : ZipFunction.values()) {
        add("zip " + f, plain(3, n), (b, v) -> b.zip(f, v[0], v[1], v[2]));
      }
      int[] sizes = {29 * scale, 35};
      add(
          "zip with a repeated row",
          scene()
              .reals(Layout.plain(sizes))
              .reals(Layout.of(0, sizes, 0, 1))
              .reals(Layout.plain(sizes)),
          (b, v) -> b.zip(ZipFunction.DIVIDE, v[0], v[1], v[2]));
      add("fill", plain(1, n), (b, v) -> b.fill(v[0], 0.1));
      add("copy", turned(23 * scale, 41), (b, v) -> b.copy(v[0], v[1]));
      add("accumulate", plain(2, n), (b, v) -> b.accumulate(v[0], v[1]));
      add(
          "accumulate into one row",
          scene().reals(Layout.plain(sizes)).reals(Layout.of(0, sizes, 0, 1)),
          (b, v) -> b.accumulate(v[0], v[1]));
      for (double p : new double[] {0.1, 0.7}) {
        RandomKey key = new RandomKey(5, 9);
        add("dropout " + p, plain(2, n), (b, v) -> b.dropout(v[0], p, key, v[1]));
      }
    }

    void reductions() {
      for (ReduceFunction f : ReduceFunction.values()) {
        add(
            f + " of all",
            scene().reals(Layout.plain(1009 * scale)).reals(Layout.plain()),
            (b, v) -> b.reduce(f, v[0], v[1]));
        add(
            f + " of rows",
            scene().reals(Layout.plain(9 * scale, 103)).reals(Layout.plain(9 * scale)),
            (b, v) -> b.reduce(f, v[0], v[1]));
        add(
            f + " of columns",
            scene().reals(Layout.of(0, new int[] {43, 23 * scale}, 1, 43)).reals(Layout.plain(43)),
            (b, v) -> b.reduce(f, v[0], v[1]));
        add(
            f + " with a gap",
            scene()
                .reals(Layout.of(0, new int[] {7, 11 * scale, 13}, 13, 8 * 13, 1))
                .reals(Layout.plain(7)),
            (b, v) -> b.reduce(f, v[0], v[1]));
      }
    }

    void rowwise() {
      add(
          "layer norm",
          scene()
              .reals(Layout.plain(23 * scale, 41))
              .reals(Layout.plain(41))
              .reals(Layout.plain(41))
              .reals(Layout.plain(23 * scale, 41)),
          (b, v) -> b.layerNorm(1e-5, v[0], v[1], v[2], v[3]));
      for (RowFunction f : RowFunction.values()) {
        add(f + " of rows", plain(2, 23 * scale, 41), (b, v) -> b.rows(f, 1e-5, v[0], v[1]));
        add(f + " of columns", turned(17 * scale, 31), (b, v) -> b.rows(f, 1e-5, v[0], v[1]));
        add(
            "gradient of " + f,
            plain(3, 23 * scale, 41),
            (b, v) -> b.rowsGradient(f, 1e-5, v[0], v[1], v[2]));
        add(
            "gradient of " + f + " of columns",
            turned(17 * scale, 31).reals(Layout.plain(17 * scale, 31)),
            (b, v) -> b.rowsGradient(f, 1e-5, v[1], v[0], v[2]));
      }
    }

    void selections() {
      add(
          "top k",
          scene()
              .reals(Layout.plain(7 * scale, 53), () -> Values.tied(random))
              .indices(Layout.plain(7 * scale, 9), () -> 0),
          (b, v) -> b.topK(v[0], 9, v[1]));
      add(
          "gather",
          scene()
              .reals(Layout.plain(2, 20, 19))
              .indices(Layout.plain(2, 25 * scale), () -> random.nextInt(20))
              .reals(Layout.plain(2, 25 * scale, 19)),
          (b, v) -> b.gather(v[0], v[1], v[2]));
      add(
          "scatter",
          scene()
              .reals(Layout.plain(2, 25 * scale, 19))
              .indices(Layout.plain(2, 25 * scale), () -> random.nextInt(20))
              .reals(Layout.plain(2, 20, 19)),
          (b, v) -> b.scatterAdd(v[0], v[1], v[2]));
      int time = 13 * scale;
      add(
          "resample",
          scene().reals(Layout.plain(2, time, 17)).reals(Layout.plain(2, 2 * time + 1, 17)),
          (b, v) -> b.resample(v[0], v[1]));
      add(
          "resample transpose",
          scene().reals(Layout.plain(3, 2 * time + 1, 17)).reals(Layout.plain(3, time, 17)),
          (b, v) -> b.resampleTranspose(v[0], v[1]));
    }

    void products() {
      // Large enough to be shared out: 40 times is about 200 000 products.
      int n = 3 * scale + 2;
      int[] left = {n, 37};
      int[] right = {37, 45};
      for (boolean turnLeft : new boolean[] {false, true}) {
        for (boolean turnRight : new boolean[] {false, true}) {
          add(
              "product" + (turnLeft ? " A'" : " A") + (turnRight ? " B'" : " B"),
              scene()
                  .reals(turnLeft ? Layout.of(0, left, 1, n) : Layout.plain(left))
                  .reals(turnRight ? Layout.of(0, right, 1, 37) : Layout.plain(right))
                  .reals(Layout.plain(n, 45)),
              (b, v) -> b.matmul(v[0], v[1], turnLeft, v[2]));
        }
      }
      add(
          "product of few rows",
          scene()
              .reals(Layout.plain(5, 37))
              .reals(Layout.plain(37, 27 * scale))
              .reals(Layout.plain(5, 27 * scale)),
          (b, v) -> b.matmul(v[0], v[1], true, v[2]));
      add(
          "deep and narrow product",
          scene()
              .reals(Layout.plain(30, 100 * scale))
              .reals(Layout.plain(100 * scale, 20))
              .reals(Layout.plain(30, 20)),
          (b, v) -> b.matmul(v[0], v[1], true, v[2]));
      add(
          "batch of products",
          scene()
              .reals(Layout.plain(2 + scale / 8, 9, 29))
              .reals(Layout.of(0, new int[] {2 + scale / 8, 29, 33 * 5}, 0, 33 * 5, 1))
              .reals(Layout.plain(2 + scale / 8, 9, 33 * 5)),
          (b, v) -> b.matmul(v[0], v[1], false, v[2]));
    }

    void convolutions() {
      int time = 7 * scale / 2 + 5;
      Conv1dGeometry[] all = {
        new Conv1dGeometry(2, time, 11, 13, 3, 1, 1, 1),
        new Conv1dGeometry(2, time, 19, 23, 1, 1, 0, 1),
        new Conv1dGeometry(6, time, 7, 9, 3, 2, 2, 2),
        new Conv1dGeometry(7, time, 31, 29, 2, 1, 1, 1),
        new Conv1dGeometry(2, 9, 43, 37, 3, 1, 1, 1),
      };
      for (Conv1dGeometry g : all) {
        Scene scene =
            scene()
                .reals(Layout.plain(g.batch(), g.time(), g.inputChannels()))
                .reals(Layout.plain(g.kernel(), g.inputChannels(), g.outputChannels()))
                .reals(Layout.plain(g.batch(), g.outputTime(), g.outputChannels()));
        add("convolution " + g, scene, (b, v) -> b.conv1d(g, v[0], v[1], v[2]));
        add("input gradient " + g, scene, (b, v) -> b.conv1dInputGradient(g, v[2], v[1], v[0]));
        add("weight gradient " + g, scene, (b, v) -> b.conv1dWeightGradient(g, v[0], v[2], v[1]));
        Scene taps =
            scene()
                .reals(Layout.plain(g.kernel(), g.batch(), g.time(), g.outputChannels()))
                .reals(Layout.plain(2, g.batch(), g.time()))
                .reals(Layout.plain(2, g.batch(), g.outputTime(), g.outputChannels()));
        add("tap sum " + g, taps, (b, v) -> b.tapSum(g, v[0], v[1], v[2]));
        add("tap spread " + g, taps, (b, v) -> b.tapSpread(g, v[1], v[2], v[0]));
        add("tap dot " + g, taps, (b, v) -> b.tapDot(g, v[0], v[2], v[1]));
      }
    }

    void updates() {
      add("solve", plain(3, 2 + scale / 8, 8, 8), (b, v) -> b.solve(v[0], v[1], v[2]));
      AdamStep adam = new AdamStep(0.01, 0.9, 0.999, 1e-8, 0.02, 0.1, 0.1, 0.001);
      add(
          "adam",
          plain(3, 1003 * scale).reals(Layout.plain(1003 * scale), random::nextDouble),
          (b, v) -> b.adam(adam, v[0].buffer(), v[1].buffer(), v[2].buffer(), v[3].buffer()));
      SgdStep sgd = new SgdStep(0.01, 0.9, 0.02, true);
      add(
          "sgd",
          plain(3, 1003 * scale),
          (b, v) -> b.sgd(sgd, v[0].buffer(), v[1].buffer(), v[2].buffer()));
    }
  }
}
