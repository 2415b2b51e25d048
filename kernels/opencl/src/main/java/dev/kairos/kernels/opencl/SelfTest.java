// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import dev.kairos.kernels.Backend;
import dev.kairos.kernels.Buffer;
import dev.kairos.kernels.MapFunction;
import dev.kairos.kernels.ReduceFunction;
import dev.kairos.kernels.RowFunction;
import dev.kairos.kernels.Strided;

/**
 * A few primitives held against the same sums on the host, before a device is trusted: drivers that
 * compile kernels wrongly are not rare, and nothing else would say so.
 */
public final class SelfTest {
  /** No multiple of any tile or vector. */
  private static final int M = 37;

  private static final int K = 67;
  private static final int N = 43;

  private final Backend backend;
  private final DeviceInfo info;

  /**
   * A test.
   *
   * @param backend what is tested
   * @param info the device that it is blamed on
   */
  public SelfTest(Backend backend, DeviceInfo info) {
    this.backend = backend;
    this.info = info;
  }

  /**
   * Runs it.
   *
   * @throws OpenClException if a number is wrong
   */
  public void run() {
    float[] a = numbers(M * K, 7);
    float[] b = numbers(K * N, 11);
    Buffer left = written(a);
    Buffer right = written(b);
    Buffer product = backend.allocate(M * N);
    Buffer sums = backend.allocate(M);
    Strided rows = Strided.contiguous(product, M, N);
    backend.matmul(Strided.contiguous(left, M, K), Strided.contiguous(right, K, N), false, rows);
    double[] expected = product(a, b);
    check("a matrix product", product, expected);
    backend.reduce(ReduceFunction.SUM, rows, Strided.contiguous(sums, M));
    check("sums of rows", sums, sums(expected));
    backend.map(MapFunction.EXP, 0, 0, rows, rows);
    for (int i = 0; i < expected.length; i++) {
      expected[i] = Math.exp(expected[i]);
    }
    check("exponentials", product, expected);
    backend.rows(RowFunction.SOFTMAX, 0, rows, rows);
    check("a softmax", product, softmax(expected));
    for (Buffer each : new Buffer[] {left, right, product, sums}) {
      backend.release(each);
    }
  }

  private Buffer written(float[] values) {
    Buffer made = backend.allocate(values.length);
    backend.write(made, 0, values, 0, values.length);
    return made;
  }

  /** Small numbers of both signs, without a pattern that errors could hide in. */
  private static float[] numbers(int count, int seed) {
    float[] values = new float[count];
    int state = seed;
    for (int i = 0; i < count; i++) {
      state = state * 1_103_515_245 + 12_345;
      values[i] = (state >> 16) / 131_072f;
    }
    return values;
  }

  private static double[] product(float[] a, float[] b) {
    double[] out = new double[M * N];
    for (int i = 0; i < M; i++) {
      for (int k = 0; k < K; k++) {
        for (int j = 0; j < N; j++) {
          out[i * N + j] += (double) a[i * K + k] * b[k * N + j];
        }
      }
    }
    return out;
  }

  private static double[] sums(double[] rows) {
    double[] out = new double[M];
    for (int i = 0; i < rows.length; i++) {
      out[i / N] += rows[i];
    }
    return out;
  }

  private static double[] softmax(double[] rows) {
    double[] out = new double[rows.length];
    for (int row = 0; row < rows.length; row += N) {
      double largest = rows[row];
      for (int i = row; i < row + N; i++) {
        largest = Math.max(largest, rows[i]);
      }
      double sum = 0;
      for (int i = row; i < row + N; i++) {
        out[i] = Math.exp(rows[i] - largest);
        sum += out[i];
      }
      for (int i = row; i < row + N; i++) {
        out[i] /= sum;
      }
    }
    return out;
  }

  private void check(String what, Buffer found, double[] expected) {
    double[] actual = new double[expected.length];
    backend.read(found, 0, actual, 0, actual.length);
    for (int i = 0; i < expected.length; i++) {
      double allowed = 1e-4 * (1 + Math.abs(expected[i]));
      if (!(Math.abs(actual[i] - expected[i]) <= allowed)) {
        throw new OpenClException(
            OpenClException.Kind.WRONG,
            "%s (%s, driver %s) computes %s wrongly: element %d is %s and not %s"
                .formatted(
                    info.name(), info.platform(), info.driver(), what, i, actual[i], expected[i]),
            "update its driver, or compute with --backend cpu",
            null);
      }
    }
  }
}
