// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import dev.kairos.kernels.AdamStep;
import dev.kairos.kernels.MapFunction;
import dev.kairos.kernels.Philox;
import dev.kairos.kernels.RandomKey;
import dev.kairos.kernels.RowFunction;
import dev.kairos.kernels.SgdStep;
import dev.kairos.kernels.ZipFunction;
import dev.kairos.kernels.cpu.FloatLoops;
import dev.kairos.kernels.cpu.Gemm;
import dev.kairos.kernels.cpu.Tasks;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * A program that prints, for each loop, a hash of the bits it gives: the first time it runs, still
 * interpreted, and again when it has run often enough to be compiled. {@link RepeatableBitsTest}
 * starts it with different vector widths.
 */
final class Fingerprints {
  /** More than is handled one by one, and no multiple of anything. */
  private static final int LENGTH = 2101;

  /** More calls than the last compiler waits for. */
  private static final int CALLS = 12_000;

  private static final AdamStep ADAM = new AdamStep(0.01, 0.9, 0.999, 1e-8, 0.02, 0.03, 0.1, 0.001);

  private static final SgdStep SGD = new SgdStep(0.1, 0.9, 0.01, true);

  private final FloatLoops loops = new VectorLoops();
  private final float[] x = VectorLoopsTest.values(1, LENGTH);
  private final float[] y = VectorLoopsTest.values(2, LENGTH);
  private final float[] finite = new float[LENGTH * 16];
  private final float[] out = new float[4 * LENGTH];
  private final float[] wide = new float[1024];
  private final Map<String, Runnable> work = new TreeMap<>();

  private Fingerprints() {
    for (int i = 0; i < finite.length; i++) {
      finite[i] = (float) Math.sin(i * 0.7);
    }
    for (MapFunction f : MapFunction.values()) {
      work.put("map " + f, () -> loops.map(f, 0.3f, 0.7f, x, 0, out, 0, LENGTH));
    }
    for (ZipFunction f : ZipFunction.values()) {
      work.put("zip " + f, () -> loops.zip(f, x, 0, 1, y, 0, 1, out, 0, LENGTH));
      work.put("zip constant " + f, () -> loops.zip(f, x, 3, 0, y, 0, 1, out, 0, LENGTH));
    }
    work.put("sum", () -> out[0] = loops.sum(finite, 1, LENGTH));
    work.put("min", () -> out[0] = loops.min(finite, 1, LENGTH));
    work.put("addRows", () -> loops.addRows(finite, 3, 300, 7, out, 1, LENGTH));
    for (int n : new int[] {21, LENGTH, 3 * LENGTH}) {
      int rows = Math.max(1, LENGTH / n);
      for (RowFunction f : RowFunction.values()) {
        work.put(f + " " + n, () -> loops.rows(f, 0.1f, finite, 1, 5, n, out, 0, n, rows));
        work.put(
            "gradient of " + f + " " + n,
            () -> loops.rowsGradient(f, 0.1f, finite, 1, 5, finite, 7, 3, n, out, 0, n, rows));
      }
    }
    work.put("max", () -> out[0] = loops.max(finite, 1, LENGTH));
    work.put("add", () -> loops.add(x, 0, out, 0, LENGTH));
    work.put("addScaled", () -> loops.addScaled(0.3f, x, 0, out, 0, LENGTH));
    int half = Philox.threshold(0.5);
    RandomKey key = new RandomKey(7, -9);
    work.put("dropout", () -> loops.dropout(half, 2f, key, 1, x, 0, out, 0, LENGTH));
    work.put("gemm tall", () -> gemm(23, 34, 17, 17, 1, 34, 1));
    work.put("gemm narrow", () -> gemm(31, 13, 9, 9, 1, 13, 1));
    work.put("gemm transposed", () -> gemm(12, 32, 21, 1, 12, 1, 21));
    work.put("gemm row", () -> gemm(1, 45, 19, 19, 1, 45, 1));
    work.put("adam", () -> update(true));
    work.put("sgd", () -> update(false));
  }

  private void gemm(int m, int n, int k, int aRow, int aColumn, int bRow, int bColumn) {
    Gemm g =
        new Gemm(
            1, m, n, 1, k, finite, 0, 0, 0, aRow, aColumn, finite, 1000, 0, 0, bRow, bColumn, wide,
            0, 0, n, true);
    Arrays.fill(wide, 0.1f);
    loops.gemm(g, Tasks.ALONE);
    for (int i = 0; i < m * n; i++) {
      out[i % out.length] = 31 * out[i % out.length] + wide[i];
    }
  }

  private void update(boolean adam) {
    float[] p = Arrays.copyOf(finite, LENGTH);
    float[] m = Arrays.copyOfRange(finite, LENGTH, 2 * LENGTH);
    float[] v = new float[LENGTH];
    if (adam) {
      loops.adam(ADAM, p, x, m, v, 0, LENGTH);
    } else {
      loops.sgd(SGD, p, x, m, 0, LENGTH);
    }
    System.arraycopy(p, 0, out, 0, LENGTH);
    System.arraycopy(m, 0, out, LENGTH, LENGTH);
    System.arraycopy(v, 0, out, 2 * LENGTH, LENGTH);
  }

  private int print(Runnable loop) {
    Arrays.fill(out, 0f);
    loop.run();
    int hash = 1;
    for (float value : out) {
      hash = 31 * hash + Float.floatToIntBits(value);
    }
    return hash;
  }

  private Map<String, Integer> all() {
    Map<String, Integer> prints = new TreeMap<>();
    work.forEach((name, loop) -> prints.put(name, print(loop)));
    return prints;
  }

  private void warm() {
    work.forEach(
        (name, loop) -> {
          for (int i = 0; i < CALLS; i++) {
            loop.run();
          }
        });
  }

  /** Prints the lane count, and {@code name = cold hot} for each loop. */
  public static void main(String[] arguments) {
    Fingerprints prints = new Fingerprints();
    Map<String, Integer> cold = prints.all();
    prints.warm();
    Map<String, Integer> hot = prints.all();
    System.out.println("lanes = " + prints.loops.lanes());
    cold.forEach(
        (name, hash) ->
            System.out.println(
                name
                    + " = "
                    + Integer.toHexString(hash)
                    + " "
                    + Integer.toHexString(hot.get(name))));
  }
}
