// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.proposal;

import dev.kairos.methods.tal.Cas;

/**
 * Min-max normalisation of logits, each channel by itself over time: {@code (x - lo) / d} with
 * {@code hi = max(0, max_t x)}, {@code lo = max(0, min_t x)} and {@code d = hi - lo}, or 1 where
 * that is not positive. Only the extremes are rectified: where a channel goes below 0, {@code lo}
 * is 0 and its negative logits stay negative unless they are clamped. Source: the published code of
 * BaS-Net.
 */
public final class CasNormalisation {
  private CasNormalisation() {}

  /** Without a clamp: at most 1, possibly negative. */
  public static Cas minMax(Cas cas) {
    return normalise(cas, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /** With the result clamped to [0, 1]. */
  public static Cas minMaxClamped(Cas cas) {
    return normalise(cas, 0, 1);
  }

  private static Cas normalise(Cas cas, double least, double most) {
    int channels = cas.channels();
    double[] values = cas.values();
    for (int c = 0; c < channels; c++) {
      double max = Double.NEGATIVE_INFINITY;
      double min = Double.POSITIVE_INFINITY;
      for (int i = c; i < values.length; i += channels) {
        max = Math.max(max, values[i]);
        min = Math.min(min, values[i]);
      }
      double lo = Math.max(0, min);
      double range = Math.max(0, max) - lo;
      double d = range > 0 ? range : 1;
      for (int i = c; i < values.length; i += channels) {
        values[i] = Math.max(least, Math.min(most, (values[i] - lo) / d));
      }
    }
    return Cas.of(values, cas.snippets(), channels);
  }
}
