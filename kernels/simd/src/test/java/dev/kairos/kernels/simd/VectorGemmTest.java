// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.kairos.kernels.cpu.Gemm;
import dev.kairos.kernels.cpu.Tasks;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VectorGemmTest {
  private final VectorGemm gemm = new VectorGemm(0);
  private int byElements;

  /** The definition: for each run one fused multiply-add after the other, and the runs in order. */
  private static void define(Gemm g) {
    for (int batch = 0; batch < g.batch(); batch++) {
      for (int i = 0; i < g.m(); i++) {
        for (int j = 0; j < g.n(); j++) {
          int at = g.cOffset() + batch * g.cBatch() + i * g.cRow() + j;
          int ao = g.aOffset() + batch * g.aBatch() + i * g.aRow();
          int bo = g.bOffset() + batch * g.bBatch() + j * g.bColumn();
          float whole = g.accumulate() ? g.c()[at] : 0f;
          int end;
          for (int from = 0; from < g.depth(); from = end) {
            end = g.runEnd(from);
            float sum = 0;
            for (int p = from; p < end; p++) {
              int term = p / g.k();
              int k = p % g.k();
              float a = g.a()[ao + term * g.aTerm() + k * g.aColumn()];
              float b = g.b()[bo + term * g.bTerm() + k * g.bRow()];
              sum = Math.fma(a, b, sum);
            }
            whole += sum;
          }
          g.c()[at] = whole;
        }
      }
    }
  }

  private static Gemm withOutput(Gemm g, float[] c) {
    return new Gemm(
        g.batch(),
        g.m(),
        g.n(),
        g.terms(),
        g.k(),
        g.a(),
        g.aOffset(),
        g.aBatch(),
        g.aTerm(),
        g.aRow(),
        g.aColumn(),
        g.b(),
        g.bOffset(),
        g.bBatch(),
        g.bTerm(),
        g.bRow(),
        g.bColumn(),
        c,
        g.cOffset(),
        g.cBatch(),
        g.cRow(),
        g.accumulate());
  }

  private static float[] random(SplittableRandom random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) (random.nextDouble() * 2 - 1);
    }
    return values;
  }

  /** As if there were so many threads, with the tasks in some order on this one. */
  private record Shuffled(int threads, SplittableRandom random) implements Tasks {
    @Override
    public void run(int tasks, IntConsumer body) {
      int[] order = IntStream.range(0, tasks).toArray();
      for (int i = tasks - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int task = order[j];
        order[j] = order[i];
        order[i] = task;
      }
      Arrays.stream(order).forEach(body);
    }
  }

  /** Alone, and shared out among threads, the product has the bits of the definition. */
  private void check(Gemm g, SplittableRandom random, String what) {
    float[] expected = g.c().clone();
    define(withOutput(g, expected));
    float[] whole = g.c().clone();
    gemm.multiply(withOutput(g, whole), Tasks.ALONE);
    assertSameBits(expected, whole, what);
    for (int threads : new int[] {2, 3, 64}) {
      float[] parts = g.c().clone();
      gemm.multiply(withOutput(g, parts), new Shuffled(threads, random));
      assertSameBits(expected, parts, what + " with " + threads + " threads");
    }
    float[] little = g.c().clone();
    if (g.depth() > 0 && new LittleGemm(1).multiply(withOutput(g, little))) {
      assertSameBits(expected, little, what + ", by elements");
      byElements++;
    }
  }

  @Test
  void smallProductsGoByElementsUntilTheBudgetIsSpent() {
    Gemm small = plain(new SplittableRandom(7), 1, 8, 8, 16); // 1024 multiply-adds
    LittleGemm little = new LittleGemm(2000);
    assertTrue(little.multiply(small));
    assertTrue(little.multiply(small));
    assertFalse(little.multiply(small), "2048 of 2000 are spent");
    Gemm large = plain(new SplittableRandom(7), 1, 33, 32, 32); // 33792
    assertFalse(new LittleGemm(1 << 30).multiply(large));
  }

  private static void assertSameBits(float[] expected, float[] actual, String what) {
    for (int i = 0; i < expected.length; i++) {
      if (Float.floatToIntBits(expected[i]) != Float.floatToIntBits(actual[i])) {
        fail(what + ": element " + i + ": expected " + expected[i] + ", actual " + actual[i]);
      }
    }
  }

  private static Gemm plain(SplittableRandom random, int batch, int m, int n, int k) {
    return new Gemm(
        batch,
        m,
        n,
        1,
        k,
        random(random, batch * m * k),
        0,
        m * k,
        0,
        k,
        1,
        random(random, k * n),
        0,
        0,
        0,
        n,
        1,
        random(random, batch * m * n),
        0,
        m * n,
        n,
        false);
  }

  @Test
  void sizesAroundTilesAndBlocks() {
    SplittableRandom random = new SplittableRandom(1);
    int[] sizes = {0, 1, 3, 4, 6, 7, 8, 12, 13, 16, 17, 31, 33};
    for (int m : sizes) {
      for (int n : sizes) {
        check(plain(random, 1, m, n, 5), random, m + "x" + n + "x5");
      }
    }
    check(plain(random, 1, 245, 37, 515), random, "245x37x515");
    check(plain(random, 2, 14, 1061, 257), random, "14x1061x257");
    check(plain(random, 1, 26, 70, 2100), random, "26x70x2100: some blocks of k");
    check(plain(random, 1, 13, 2099, 1027), random, "13x2099x1027: some blocks of columns");
    check(plain(random, 1, 64, 20, 1025), random, "64x20x1025: few columns");
    check(plain(random, 9, 50, 20, 20), random, "450x20x20: few columns");
    check(plain(random, 1, 500, 8, 70), random, "500x8x70: few columns");
    check(plain(random, 1, 8, 1100, 41), random, "8x1100x41: few rows");
    check(plain(random, 1, 7, 2053, 23), random, "7x2053x23: few rows");
    check(plain(random, 1, 7, 70, 2500), random, "7x70x2500: few rows, some runs");
    check(plain(random, 5, 1, 70, 1600), random, "5x70x1600: few rows of a batch, some runs");
    check(plain(random, 1, 40, 30, 4000), random, "40x30x4000: few columns, some runs");
    check(plain(random, 3, 5, 16, 0), random, "k = 0 clears");
    check(plain(random, 7, 5, 20, 11), random, "7 products, one after the other");
    check(plain(random, 3, 1, 20, 11), random, "3 products of one row");
    assertTrue(byElements > 100, "small products: " + byElements);
  }

  @Test
  void randomShapesStridesAndBatches() {
    long seed = 20240611;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 400; round++) {
      Gemm g = randomGemm(random);
      check(g, random, "seed " + seed + ", round " + round + ", " + describe(g));
    }
    assertTrue(byElements > 100, "small products: " + byElements);
  }

  private static Gemm randomGemm(SplittableRandom random) {
    int batch = 1 + random.nextInt(4);
    boolean manyTerms = random.nextInt(20) == 0;
    int terms = manyTerms ? 300 : random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 1;
    int m = random.nextInt(40);
    int n = random.nextInt(5) == 0 ? random.nextInt(300) : random.nextInt(70);
    int k = random.nextInt(manyTerms ? 9 : random.nextInt(10) == 0 ? 1000 : 40);
    boolean transposedA = random.nextInt(3) == 0;
    boolean transposedB = random.nextInt(3) == 0;
    int pad = random.nextInt(3);
    int aRow = transposedA ? 1 : random.nextInt(3) == 0 ? 1 + k / 3 : k + pad;
    int aColumn = transposedA ? m + pad : 1 + random.nextInt(2);
    int bRow = transposedB ? 1 : n + pad;
    int bColumn = transposedB ? k + pad : 1;
    int aTerm = random.nextBoolean() ? k * aColumn : random.nextInt(50);
    int bTerm = random.nextBoolean() ? k * bRow : random.nextInt(50);
    int aBatch = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(50);
    int bBatch = random.nextBoolean() ? 0 : 1 + random.nextInt(50);
    int cRow = n + random.nextInt(4);
    int offset = random.nextInt(5);
    return new Gemm(
        batch,
        m,
        n,
        terms,
        k,
        random(random, offset + batch * aBatch + terms * aTerm + m * aRow + k * aColumn + 1),
        offset,
        aBatch,
        aTerm,
        aRow,
        aColumn,
        random(random, offset + batch * bBatch + terms * bTerm + k * bRow + n * bColumn + 1),
        offset,
        bBatch,
        bTerm,
        bRow,
        bColumn,
        random(random, offset + batch * m * cRow + 1),
        offset,
        m * cRow,
        cRow,
        random.nextBoolean());
  }

  private static String describe(Gemm g) {
    return "batch %d (%d, %d, %d), %d x %d x %d * %d, A (%d, %d, %d), B (%d, %d, %d)"
        .formatted(
            g.batch(),
            g.aBatch(),
            g.bBatch(),
            g.cBatch(),
            g.m(),
            g.n(),
            g.terms(),
            g.k(),
            g.aTerm(),
            g.aRow(),
            g.aColumn(),
            g.bTerm(),
            g.bRow(),
            g.bColumn());
  }

  @Test
  void infinityInOneRowLeavesTheOthersAlone() {
    Gemm g = plain(new SplittableRandom(2), 1, 7, 9, 11);
    g.a()[3 * 11 + 4] = Float.POSITIVE_INFINITY;
    g.b()[5 * 9 + 2] = Float.NaN;
    check(g, new SplittableRandom(3), "with infinity and NaN");
    gemm.multiply(g, Tasks.ALONE);
    for (int i = 0; i < 7; i++) {
      for (int j = 0; j < 9; j++) {
        boolean finite = i != 3 && j != 2;
        assertEquals(finite, Float.isFinite(g.c()[i * 9 + j]), i + ", " + j);
      }
    }
  }

  /** What lies between and around the rows of C stays as it was, bit by bit. */
  @Test
  void writesNothingBesideC() {
    SplittableRandom random = new SplittableRandom(4);
    int m = 13;
    int n = 35;
    int row = n + 6;
    float[] c = new float[m * row + 10];
    Arrays.fill(c, Float.NaN);
    Gemm g =
        new Gemm(
            1,
            m,
            n,
            1,
            9,
            random(random, m * 9),
            0,
            0,
            0,
            9,
            1,
            random(random, 9 * n),
            0,
            0,
            0,
            n,
            1,
            c,
            5,
            0,
            row,
            false);
    gemm.multiply(g, Tasks.ALONE);
    for (int at = 0; at < c.length; at++) {
      int i = Math.floorDiv(at - 5, row);
      boolean inside = i >= 0 && i < m && (at - 5) % row < n;
      assertEquals(!inside, Float.isNaN(c[at]), "element " + at);
    }
  }

  @Test
  void threadsDoNotDisturbEachOther() throws InterruptedException {
    SplittableRandom random = new SplittableRandom(5);
    Gemm g = plain(random, 1, 50, 48, 300);
    float[] expected = g.c().clone();
    define(withOutput(g, expected));
    float[][] results = new float[3][];
    Thread[] threads = new Thread[3];
    for (int t = 0; t < threads.length; t++) {
      int number = t;
      threads[t] =
          new Thread(
              () -> {
                float[] c = new float[50 * 48];
                for (int round = 0; round < 20; round++) {
                  gemm.multiply(withOutput(g, c), Tasks.ALONE);
                }
                results[number] = c;
              });
      threads[t].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    for (float[] result : results) {
      assertSameBits(expected, result, "thread");
    }
  }
}
