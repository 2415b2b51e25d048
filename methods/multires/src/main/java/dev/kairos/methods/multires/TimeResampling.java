// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.TensorOps;

/** The convention by which a sequence is linearly resampled in time. */
public enum TimeResampling {
  /**
   * Row i of T' lies at {@code (i + 0.5) T / T' - 0.5}, clamped to [0, T-1]; the ratio is that of
   * the actual lengths.
   */
  HALF_PIXEL,
  /** Row i of T' lies at {@code i (T - 1) / (T' - 1)}: the first and last rows stay. */
  ALIGN_CORNERS;

  /** {@code max(1, floor(T * scale))}. */
  public static int length(int rows, double scale) {
    return (int) Math.max(1, Math.floor(rows * scale));
  }

  /**
   * The sequence at another length.
   *
   * @param x {@code [B,T,K]}
   * @param length T', at least 1
   * @return {@code [B,T',K]}; with half-pixel centres {@code T' = T} changes nothing
   */
  public <T extends TensorOps<T>> T apply(Engine engine, T x, int length) {
    return this == HALF_PIXEL ? x.resample(1, length) : alignCorners(engine, x, length);
  }

  private static <T extends TensorOps<T>> T alignCorners(Engine engine, T x, int length) {
    int rows = x.shape().size(1);
    double[] places = new double[length];
    for (int i = 0; i < length; i++) {
      places[i] = length == 1 ? 0 : (double) i * (rows - 1) / (length - 1);
    }
    return linear(engine, x, places);
  }

  /**
   * The sequence at places between its rows.
   *
   * @param x {@code [B,T,K]}
   * @param places each in [0, T-1]
   * @return {@code [B,N,K]} for N places
   */
  static <T extends TensorOps<T>> T linear(Engine engine, T x, double[] places) {
    int last = x.shape().size(1) - 1;
    int[] lower = new int[places.length];
    int[] upper = new int[places.length];
    double[] below = new double[places.length];
    double[] above = new double[places.length];
    for (int i = 0; i < places.length; i++) {
      lower[i] = (int) places[i];
      upper[i] = Math.min(lower[i] + 1, last);
      above[i] = places[i] - lower[i];
      below[i] = 1 - above[i];
    }
    return weighted(engine, x, lower, below).add(weighted(engine, x, upper, above));
  }

  private static <T extends TensorOps<T>> T weighted(
      Engine engine, T x, int[] rows, double[] weights) {
    Tensor indices = engine.indices(rows, rows.length);
    Tensor factors = engine.tensor(weights, 1, rows.length, 1);
    return x.gather(1, x.constant(indices)).multiply(x.constant(factors));
  }
}
