// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.optim;

import dev.kairos.tensor.Tensor;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** Clips gradients by their joint norm. */
public final class GradientClipping {
  private GradientClipping() {}

  /**
   * Scales all gradients together so that their joint Euclidean norm is at most a bound, as
   * PyTorch's {@code clip_grad_norm_} does: by {@code min(1, bound / (norm + 1e-6))}.
   *
   * <p>What is not finite does not hide, and lets no other gradient through unclipped: with a NaN
   * anywhere every gradient becomes NaN; with an infinity those become NaN that hold it, where they
   * do, and all else becomes 0.
   *
   * @param bound greater than 0
   * @return the scaled gradients under the same keys
   */
  public static <K> Map<K, Tensor> byNorm(Map<K, Tensor> gradients, double bound) {
    require(bound);
    double scale = Math.min(1, bound / (norm(gradients.values()) + 1e-6)); // NaN stays NaN
    Map<K, Tensor> scaled = new LinkedHashMap<>();
    gradients.forEach((key, g) -> scaled.put(key, scale == 1 ? g : g.multiply(scale)));
    return scaled;
  }

  private static double norm(Collection<Tensor> gradients) {
    double direct = Math.sqrt(squares(gradients, 1));
    if (direct < Double.POSITIVE_INFINITY || Double.isNaN(direct)) {
      return direct;
    }
    // Squares leave single precision from 1e19 on, long before the numbers themselves.
    double largest =
        numbers(
                gradients.stream()
                    .filter(gradient -> gradient.shape().count() > 0)
                    .map(gradient -> gradient.abs().reshape(-1).max(0, false))
                    .toList())
            .max()
            .orElse(0);
    return largest == Double.POSITIVE_INFINITY
        ? largest
        : largest * Math.sqrt(squares(gradients, 1 / largest));
  }

  private static double squares(Collection<Tensor> gradients, double scale) {
    double[] parts =
        numbers(
                gradients.stream()
                    .map(gradient -> scale == 1 ? gradient : gradient.multiply(scale))
                    .map(scaled -> scaled.square().sum())
                    .toList())
            .toArray();
    double squares = 0; // added one after the other: a stream's sum would give other bits
    for (double part : parts) {
      squares += part;
    }
    return squares;
  }

  /** What some scalars are, in one copy out. */
  private static DoubleStream numbers(List<Tensor> scalars) {
    return scalars.isEmpty()
        ? DoubleStream.empty()
        : DoubleStream.of(scalars.get(0).engine().items(scalars));
  }

  private static void require(double bound) {
    if (!(bound > 0)) {
      throw new IllegalArgumentException("clipping: the bound must be greater than 0: " + bound);
    }
  }

  /**
   * Keeps every element in {@code [-bound, bound]}; a NaN stays NaN, and hides no other element.
   *
   * @param bound greater than 0
   */
  public static <K> Map<K, Tensor> byValue(Map<K, Tensor> gradients, double bound) {
    require(bound);
    Map<K, Tensor> clipped = new LinkedHashMap<>();
    gradients.forEach((key, g) -> clipped.put(key, g.clamp(-bound, bound)));
    return clipped;
  }
}
