// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.AdamStep;
import dev.kairos.kernels.MapFunction;
import dev.kairos.kernels.Philox;
import dev.kairos.kernels.RandomKey;
import dev.kairos.kernels.RowFunction;
import dev.kairos.kernels.SgdStep;
import dev.kairos.kernels.ZipFunction;
import dev.kairos.kernels.cpu.FloatLoops;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VectorLoopsTest {
  private static final int[] LENGTHS = {0, 1, 13, 15, 16, 17, 207, 702, 2061, 4098};

  /** Elements around an operand that must stay as they are. */
  private static final int MARGIN = 3;

  private final FloatLoops loops = new VectorLoops();

  static float[] values(long seed, int length) {
    float[] extremes = {
      0f,
      -0f,
      1f,
      -1f,
      0.5f,
      Float.MIN_VALUE,
      -Float.MIN_VALUE,
      Float.MIN_NORMAL,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.NaN
    };
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      int kind = random.nextInt(8);
      values[i] =
          kind == 0
              ? extremes[random.nextInt(extremes.length)]
              : kind == 1
                  ? Float.intBitsToFloat(random.nextInt())
                  : (float) (random.nextDouble() * 8 - 4);
    }
    return values;
  }

  private static float[] ordinary(long seed, int length) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) (random.nextDouble() * 2 - 1);
    }
    return values;
  }

  private static void assertMarginsKept(float[] before, float[] after, int n, String what) {
    for (int i = 0; i < after.length; i++) {
      if (i < MARGIN || i >= MARGIN + n) {
        assertEquals(before[i], after[i], what + ": beside the output");
      }
    }
  }

  /** Until there was much of it, little work is done one element at a time. */
  @ParameterizedTest
  @EnumSource(ZipFunction.class)
  void littleWorkHasTheBitsOfVectors(ZipFunction f) {
    FloatLoops much = new VectorLoops(0);
    for (int n : LENGTHS) {
      float[] x = values(3L + n, 4 * n);
      float[] y = values(5L + n, 4 * n);
      for (int xs = 0; xs < 2; xs++) {
        for (int ys = 0; ys < 2; ys++) {
          float[] little = new float[n];
          float[] vectors = new float[n];
          loops.zip(f, x, 1, xs, y, 2, ys, little, 0, n);
          much.zip(f, x, 1, xs, y, 2, ys, vectors, 0, n);
          assertBits(vectors, little, f + ", " + n + ", steps " + xs + " and " + ys);
        }
      }
      x = ordinary(3L + n, 4 * n);
      assertEquals(much.sum(x, 0, n), loops.sum(x, 0, n), "sum of " + n);
      for (int rows = 0; rows < 7; rows++) {
        float[] little = ordinary(7, n + 1);
        float[] vectors = little.clone();
        loops.addRows(x, 0, n / 2, rows, little, 1, n);
        much.addRows(x, 0, n / 2, rows, vectors, 1, n);
        assertBits(vectors, little, rows + " rows of " + n);
      }
    }
  }

  /** A NaN is a NaN. */
  private static void assertBits(float[] wanted, float[] found, String what) {
    for (int i = 0; i < wanted.length; i++) {
      assertEquals(
          Float.floatToIntBits(wanted[i]), Float.floatToIntBits(found[i]), what + " at " + i);
    }
  }

  @ParameterizedTest
  @EnumSource(MapFunction.class)
  void mapIsItsDefinition(MapFunction f) {
    for (int n : LENGTHS) {
      float[] x = values(7L + n, n + 2 * MARGIN);
      float[] before = values(8L + n, n + 2 * MARGIN);
      float[] out = before.clone();
      loops.map(f, 0.25f, 1.5f, x, MARGIN, out, MARGIN, n);
      for (int i = MARGIN; i < MARGIN + n; i++) {
        float v = x[i];
        String what = f + " of " + v + ", n " + n + ", element " + i;
        if (f == MapFunction.AFFINE) {
          assertEquals(Math.fma(v, 0.25f, 1.5f), out[i], what);
        } else {
          float expected = (float) f.apply(v, 0.25f, 1.5f);
          float ulp = Float.isFinite(expected) ? Math.ulp(expected) : 0;
          // A slope vanishes at one place: there its parts, of about 1, leave their rounding.
          float whole = f == MapFunction.SWISH_SLOPE ? Math.max(ulp, Math.ulp(1f)) : ulp;
          assertEquals(expected, out[i], isExact(f) ? 0 : 4 * whole, what);
        }
      }
      assertMarginsKept(before, out, n, f.name());
      float[] place = x.clone();
      loops.map(f, 0.25f, 1.5f, place, MARGIN, place, MARGIN, n);
      assertSameBits(
          Arrays.copyOfRange(out, MARGIN, MARGIN + n),
          Arrays.copyOfRange(place, MARGIN, MARGIN + n),
          f + " in place");
    }
  }

  private static boolean isExact(MapFunction f) {
    return switch (f) {
      case EXP, LOG, SIGMOID, SIGMOID_SLOPE, SWISH, SWISH_SLOPE, TANH, TANH_SLOPE, SOFTPLUS ->
          false;
      default -> true;
    };
  }

  @Test
  void mapKeepsNanAndOrderOfBounds() {
    float[] x = {Float.NaN, -3f, 0.5f, 3f};
    float[] out = new float[4];
    loops.map(MapFunction.CLAMP, -1f, 1f, x, 0, out, 0, 4);
    assertSameBits(new float[] {Float.NaN, -1f, 0.5f, 1f}, out, "clamp");
    loops.map(MapFunction.CLAMP, 1f, -1f, x, 0, out, 0, 4);
    assertSameBits(new float[] {Float.NaN, 1f, 1f, -1f}, out, "clamp with crossed bounds");
    loops.map(MapFunction.POWER, 2f, 0f, x, 0, out, 0, 4);
    assertSameBits(new float[] {Float.NaN, 9f, 0.25f, 9f}, out, "square");
  }

  @ParameterizedTest
  @EnumSource(MapFunction.class)
  void splitsAtBlocksChangeNothing(MapFunction f) {
    int n = 2 * FloatLoops.BLOCK + 5;
    float[] x = values(21, n);
    float[] whole = new float[n];
    float[] parts = new float[n];
    float[] single = new float[n];
    loops.map(f, 0.3f, 0.7f, x, 0, whole, 0, n);
    for (int i = 0; i < n; i += FloatLoops.BLOCK) {
      loops.map(f, 0.3f, 0.7f, x, i, parts, i, Math.min(FloatLoops.BLOCK, n - i));
    }
    for (int i = 0; i < n; i++) {
      loops.map(f, 0.3f, 0.7f, x, i, single, i, 1);
    }
    assertSameBits(whole, parts, f + " in blocks");
    assertSameBits(whole, single, f + " one by one");
  }

  @ParameterizedTest
  @EnumSource(ZipFunction.class)
  void zipIsItsDefinition(ZipFunction f) {
    for (int n : LENGTHS) {
      for (int strides = 0; strides < 4; strides++) {
        int xs = strides % 2;
        int ys = strides / 2;
        float[] x = values(3L + n, n + 2 * MARGIN);
        float[] y = values(4L + n, n + 2 * MARGIN);
        for (int i = 0; i < n; i += 5) {
          y[MARGIN + i] = x[MARGIN + i];
        }
        float[] before = values(5L + n, n + 2 * MARGIN);
        float[] out = before.clone();
        loops.zip(f, x, MARGIN, xs, y, MARGIN, ys, out, MARGIN, n);
        for (int i = 0; i < n; i++) {
          float left = x[MARGIN + i * xs];
          float right = y[MARGIN + i * ys];
          String what = f + " of " + left + " and " + right + ", strides " + xs + " " + ys;
          assertEquals((float) f.apply(left, right), out[MARGIN + i], what);
        }
        assertMarginsKept(before, out, n, f.name());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ZipFunction.class)
  void zipWorksInPlace(ZipFunction f) {
    int n = 702;
    float[] x = values(31, n);
    float[] y = values(32, n);
    float[] out = new float[n];
    loops.zip(f, x, 0, 1, y, 0, 1, out, 0, n);
    float[] left = x.clone();
    loops.zip(f, left, 0, 1, y, 0, 1, left, 0, n);
    assertSameBits(out, left, f + " over x");
    float[] right = y.clone();
    loops.zip(f, x, 0, 1, right, 0, 1, right, 0, n);
    assertSameBits(out, right, f + " over y");
  }

  @Test
  void addAndAddScaled() {
    for (int n : LENGTHS) {
      float[] x = values(41L + n, n + MARGIN);
      float[] before = values(42L + n, n + 2 * MARGIN);
      float[] added = before.clone();
      float[] scaled = before.clone();
      loops.add(x, 1, added, MARGIN, n);
      loops.addScaled(-0.3f, x, 1, scaled, MARGIN, n);
      for (int i = 0; i < n; i++) {
        float old = before[MARGIN + i];
        assertEquals(old + x[1 + i], added[MARGIN + i]);
        assertEquals(Math.fma(x[1 + i], -0.3f, old), scaled[MARGIN + i]);
      }
      assertMarginsKept(before, added, n, "add");
      assertMarginsKept(before, scaled, n, "addScaled");
    }
  }

  /** Sixteen partial sums, the upper half added to the lower until one is left. */
  private static float inOrder(float[] x, int from, int n) {
    float[] sums = new float[16];
    for (int i = 0; i < n; i++) {
      sums[i % 16] += x[from + i];
    }
    for (int half = 8; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        sums[i] += sums[i + half];
      }
    }
    return sums[0];
  }

  @Test
  void sumsHaveTheDocumentedOrder() {
    for (int n : LENGTHS) {
      float[] x = ordinary(51L + n, n + 2);
      assertEquals(inOrder(x, 2, n), loops.sum(x, 2, n), "sum of " + n);
      float[] y = ordinary(57L + n, n + 3);
      float[] products = new float[16];
      for (int i = 0; i < n; i++) {
        products[i % 16] = Math.fma(x[2 + i], y[3 + i], products[i % 16]);
      }
      assertEquals(inOrder(products, 0, 16), loops.dot(x, 2, y, 3, n), "products of " + n);
    }
  }

  @Test
  void rowsAreAddedInOrder() {
    for (int n : LENGTHS) {
      for (int rows = 0; rows < 10; rows++) {
        int step = n + 3;
        float[] x = ordinary(52L + n, rows * step + 1);
        float[] before = ordinary(53L + n, n + 2 * MARGIN);
        float[] out = before.clone();
        loops.addRows(x, 1, step, rows, out, MARGIN, n);
        float[] expected = before.clone();
        for (int row = 0; row < rows; row++) {
          for (int i = 0; i < n; i++) {
            expected[MARGIN + i] += x[1 + row * step + i];
          }
        }
        assertSameBits(expected, out, rows + " rows of " + n);
      }
    }
  }

  /** Built from the loops it joins: the same bits, for every length. */
  @Test
  void softmaxIsItsParts() {
    for (int n : LENGTHS) {
      int rows = n == 0 ? 0 : 3;
      int step = n + 2;
      float[] x = ordinary(54L + n, rows * step + 1);
      for (int i = 0; i < x.length; i++) {
        x[i] *= 60;
      }
      float[] out = new float[rows * n + 2 * MARGIN];
      float[] logs = new float[rows * n + 2 * MARGIN];
      loops.rows(RowFunction.SOFTMAX, 0f, x, 1, step, n, out, MARGIN, n, rows);
      loops.rows(RowFunction.LOG_SOFTMAX, 0f, x, 1, step, n, logs, MARGIN, n, rows);
      float[] expected = new float[out.length];
      float[] expectedLogs = new float[out.length];
      for (int row = 0; row < rows; row++) {
        int from = MARGIN + row * n;
        float max = loops.max(x, 1 + row * step, n);
        float[] shifted = new float[n];
        float[] powers = new float[n];
        loops.map(MapFunction.AFFINE, 1, -max, x, 1 + row * step, shifted, 0, n);
        loops.map(MapFunction.EXP, 0, 0, shifted, 0, powers, 0, n);
        float sum = inOrder(powers, 0, n);
        loops.map(MapFunction.AFFINE, 1 / sum, 0, powers, 0, expected, from, n);
        float log = (float) Math.log(sum);
        loops.map(MapFunction.AFFINE, 1, -log, shifted, 0, expectedLogs, from, n);
      }
      assertSameBits(expected, out, "softmax of " + n);
      assertSameBits(expectedLogs, logs, "log softmax of " + n);
    }
  }

  /** Many short rows go through vectors, one by itself does not. */
  @Test
  void softmaxOfARowDoesNotDependOnTheOthers() {
    for (int n : new int[] {1, 5, 16, 21, 33, 255, 257, 300}) {
      int rows = 2100 / n + 1;
      float[] x = values(57L + n, rows * n);
      for (RowFunction f : RowFunction.values()) {
        float[] together = new float[rows * n];
        float[] single = new float[rows * n];
        loops.rows(f, 0f, x, 0, n, n, together, 0, n, rows);
        for (int row = 0; row < rows; row++) {
          loops.rows(f, 0f, x, row * n, n, n, single, row * n, n, 1);
        }
        assertSameBits(together, single, "rows of " + n);
      }
    }
  }

  @Test
  void softmaxOfNanAndInfinities() {
    for (int n : new int[] {3, 17, 300}) {
      for (float odd :
          new float[] {Float.NaN, Float.POSITIVE_INFINITY, -Float.NaN, Float.NEGATIVE_INFINITY}) {
        for (int at : new int[] {0, n / 2, n - 1}) {
          float[] x = ordinary(55, n);
          x[at] = odd;
          float[] out = new float[n];
          float[] logs = new float[n];
          loops.rows(RowFunction.SOFTMAX, 0f, x, 0, n, n, out, 0, n, 1);
          loops.rows(RowFunction.LOG_SOFTMAX, 0f, x, 0, n, n, logs, 0, n, 1);
          for (int i = 0; i < n; i++) {
            String what = odd + " at " + at + " of " + n + ", element " + i;
            boolean nan = odd != Float.NEGATIVE_INFINITY;
            assertEquals(nan, Float.isNaN(out[i]), what);
            assertEquals(nan, Float.isNaN(logs[i]) || logs[i] == odd && i != at, what);
          }
          if (odd == Float.NEGATIVE_INFINITY) {
            assertEquals(0f, out[at]);
            assertEquals(odd, logs[at]);
          }
        }
      }
      float[] none = new float[n];
      Arrays.fill(none, Float.NEGATIVE_INFINITY);
      loops.rows(RowFunction.SOFTMAX, 0f, none, 0, n, n, none, 0, n, 1);
      assertTrue(Float.isNaN(none[0]) && Float.isNaN(none[n - 1]), "row of minus infinity");
    }
  }

  @Test
  void normalizeIsItsFormulaInTheDocumentedOrder() {
    for (int n : LENGTHS) {
      int rows = n == 0 ? 0 : 3;
      int step = n + 2;
      float[] x = ordinary(56L + n, rows * step + 1);
      float[] out = new float[rows * n + 2 * MARGIN];
      loops.rows(RowFunction.NORMALIZE, 0.125f, x, 1, step, n, out, MARGIN, n, rows);
      float[] expected = new float[out.length];
      for (int row = 0; row < rows; row++) {
        int from = 1 + row * step;
        float first = x[from];
        float mean = inOrder(minus(x, from, n, first), 0, n) / n;
        float[] squares = new float[16];
        for (int i = 0; i < n; i++) {
          float d = x[from + i] - first - mean;
          squares[i % 16] = Math.fma(d, d, squares[i % 16]);
        }
        float scale = (float) (1 / Math.sqrt(inOrder(squares, 0, 16) / n + 0.125f));
        for (int i = 0; i < n; i++) {
          expected[MARGIN + row * n + i] = Math.fma(x[from + i] - first, scale, -mean * scale);
        }
      }
      assertSameBits(expected, out, "normalize " + n);
    }
  }

  @Test
  void rowGradientsAreTheirFormulasInTheDocumentedOrder() {
    for (int n : LENGTHS) {
      if (n == 0) {
        continue;
      }
      float[] x = ordinary(63L + n, n);
      float[] dy = ordinary(64L + n, n);
      float[] expected = new float[n];
      float[] out = new float[n];
      float sum = loops.sum(dy, 0, n);

      float along = loops.dot(dy, 0, x, 0, n);
      for (int i = 0; i < n; i++) {
        expected[i] = (dy[i] - along) * x[i];
      }
      loops.rowsGradient(RowFunction.SOFTMAX, 0f, x, 0, n, dy, 0, n, n, out, 0, n, 1);
      assertSameBits(expected, out, "gradient of softmax " + n);

      loops.map(MapFunction.EXP, 0, 0, x, 0, expected, 0, n);
      for (int i = 0; i < n; i++) {
        expected[i] = Math.fma(expected[i], -sum, dy[i]);
      }
      loops.rowsGradient(RowFunction.LOG_SOFTMAX, 0f, x, 0, n, dy, 0, n, n, out, 0, n, 1);
      assertSameBits(expected, out, "gradient of log softmax " + n);

      float[] d = minus(x, 0, n, x[0]);
      d = minus(d, 0, n, loops.sum(d, 0, n) / n);
      float[] g = minus(dy, 0, n, dy[0]);
      float shift = loops.sum(g, 0, n) / n;
      float scale = (float) (1 / Math.sqrt(loops.dot(d, 0, d, 0, n) / n + 0.125f));
      float slope = loops.dot(g, 0, d, 0, n) / n * scale * scale * scale;
      for (int i = 0; i < n; i++) {
        expected[i] = Math.fma(d[i], -slope, Math.fma(g[i], scale, -shift * scale));
      }
      loops.rowsGradient(RowFunction.NORMALIZE, 0.125f, x, 0, n, dy, 0, n, n, out, 0, n, 1);
      assertSameBits(expected, out, "gradient of normalize " + n);
    }
  }

  private static float[] minus(float[] x, int from, int n, float less) {
    float[] result = new float[n];
    for (int i = 0; i < n; i++) {
      result[i] = x[from + i] - less;
    }
    return result;
  }

  @Test
  void minSeesEveryElementAndNan() {
    assertEquals(Float.POSITIVE_INFINITY, loops.min(new float[0], 0, 0));
    for (int n : new int[] {1, 13, 16, 207}) {
      for (int at = 0; at < n; at++) {
        float[] x = ordinary(62, n);
        x[at] = -7f;
        assertEquals(-7f, loops.min(x, 0, n));
        x[at] = Float.NaN;
        assertTrue(Float.isNaN(loops.min(x, 0, n)), "NaN at " + at + " of " + n);
      }
    }
    assertEquals(-0f, loops.min(new float[] {0f, -0f, 0f}, 0, 3));
  }

  @Test
  void maxSeesEveryElementAndNan() {
    assertEquals(Float.NEGATIVE_INFINITY, loops.max(new float[0], 0, 0));
    for (int n : new int[] {1, 13, 16, 207}) {
      for (int at = 0; at < n; at++) {
        float[] x = ordinary(61, n);
        x[at] = 7f;
        assertEquals(7f, loops.max(x, 0, n));
        x[at] = Float.NaN;
        assertTrue(Float.isNaN(loops.max(x, 0, n)), "NaN at " + at + " of " + n);
      }
    }
    assertEquals(0f, loops.max(new float[] {-0f, 0f, -0f}, 0, 3));
  }

  @Test
  void dropoutDrawsTheNumbersOfTheKey() {
    RandomKey key = new RandomKey(-123_456_789_012_345L, 987_654_321_098_765L);
    int[] words = new int[4];
    for (int n : LENGTHS) {
      for (int first : new int[] {0, 1, 3, 64, 1021, Integer.MAX_VALUE - 5000}) {
        for (double p : new double[] {0, 0.1, 0.7, 1 - 0x1p-24, 1}) {
          float[] x = values(91L + n, n + MARGIN);
          float[] before = values(92L + n, n + 2 * MARGIN);
          float[] out = before.clone();
          loops.dropout(Philox.threshold(p), 1.5f, key, first, x, 1, out, MARGIN, n);
          float[] expected = before.clone();
          for (int i = 0; i < n; i++) {
            Philox.block(key, (first + i) / 4, words);
            boolean dropped = Philox.unit(words[(first + i) % 4]) < p;
            expected[MARGIN + i] = dropped ? 0 : x[1 + i] * 1.5f;
          }
          assertSameBits(expected, out, "dropout " + p + " of " + n + " from " + first);
        }
      }
    }
  }

  @Test
  void dropoutWorksInPlace() {
    RandomKey key = new RandomKey(1, 2);
    float[] x = values(93, 702);
    float[] out = new float[702];
    loops.dropout(Philox.threshold(0.5), 2f, key, 3, x, 0, out, 0, 702);
    loops.dropout(Philox.threshold(0.5), 2f, key, 3, x, 0, x, 0, 702);
    assertSameBits(out, x, "dropout in place");
  }

  @Test
  void adamIsItsFormula() {
    AdamStep step = new AdamStep(0.01, 0.9, 0.999, 1e-8, 0.02, 0.03, 0.1, 0.001);
    for (int n : LENGTHS) {
      int length = n + 2 * MARGIN;
      float[] p = ordinary(71, length);
      float[] g = ordinary(72, length);
      float[] m = ordinary(73, length);
      float[] v = ordinary(74, length);
      for (int i = 0; i < length; i++) {
        v[i] = Math.abs(v[i]);
      }
      float[][] before = {p.clone(), g.clone(), m.clone(), v.clone()};
      loops.adam(step, p, g, m, v, MARGIN, n);
      for (int i = MARGIN; i < MARGIN + n; i++) {
        double slope = before[1][i] + 0.02 * before[0][i];
        double first = 0.9 * before[2][i] + 0.1 * slope;
        double second = 0.999 * before[3][i] + 0.001 * slope * slope;
        double old = before[0][i];
        double next =
            old * (1 - 0.01 * 0.03) - 0.01 * (first / 0.1) / (Math.sqrt(second / 0.001) + 1e-8);
        assertEquals(first, m[i], 1e-6);
        assertEquals(second, v[i], 1e-6);
        assertEquals(next, p[i], 1e-6);
      }
      assertSameBits(before[1], g, "gradient");
      assertMarginsKept(before[0], p, n, "p");
      assertMarginsKept(before[2], m, n, "m");
      assertMarginsKept(before[3], v, n, "v");
    }
  }

  @Test
  void adamOfFewElementsHasTheBitsOfVectors() {
    AdamStep step = new AdamStep(0.01, 0.9, 0.999, 1e-8, 0.02, 0.03, 0.1, 0.001);
    int n = 16 * Lanes.COUNT;
    float[][] vectors = {ordinary(71, n), ordinary(72, n), ordinary(73, n), ordinary(74, n)};
    for (int i = 0; i < n; i++) {
      vectors[3][i] = i % 7 == 0 ? 0 : Math.abs(vectors[3][i]);
    }
    float[][] elements = new float[4][];
    Arrays.setAll(elements, i -> vectors[i].clone());
    VectorUpdates.adam(step, vectors[0], vectors[1], vectors[2], vectors[3], 0, n);
    ScalarFallback.adam(step, elements[0], elements[1], elements[2], elements[3], 0, n);
    for (int i = 0; i < 4; i++) {
      assertSameBits(vectors[i], elements[i], "array " + i);
    }
  }

  @Test
  void sgdIsItsFormula() {
    for (boolean nesterov : new boolean[] {false, true}) {
      SgdStep step = new SgdStep(0.1, 0.9, 0.01, nesterov);
      for (int n : LENGTHS) {
        int length = n + 2 * MARGIN;
        float[] p = ordinary(81, length);
        float[] g = ordinary(82, length);
        float[] v = ordinary(83, length);
        float[][] before = {p.clone(), g.clone(), v.clone()};
        loops.sgd(step, p, g, v, MARGIN, n);
        for (int i = MARGIN; i < MARGIN + n; i++) {
          double slope = before[1][i] + 0.01 * before[0][i];
          double speed = 0.9 * before[2][i] + slope;
          double way = nesterov ? slope + 0.9 * speed : speed;
          assertEquals(speed, v[i], 1e-6);
          assertEquals(before[0][i] - 0.1 * way, p[i], 1e-6);
        }
        assertMarginsKept(before[0], p, n, "p");
        assertMarginsKept(before[2], v, n, "velocity");
      }
    }
  }

  static void assertSameBits(float[] expected, float[] actual, String what) {
    assertEquals(expected.length, actual.length, what);
    for (int i = 0; i < expected.length; i++) {
      int at = i;
      assertEquals(
          Float.floatToIntBits(expected[i]),
          Float.floatToIntBits(actual[i]),
          () -> what + ": element " + at + ": " + expected[at] + ", " + actual[at]);
    }
  }
}
