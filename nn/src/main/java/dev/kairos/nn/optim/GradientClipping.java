// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.optim;

import dev.kairos.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps gradients from exploding. */
public final class GradientClipping {
  private GradientClipping() {}

  /**
   * Scales all gradients together so that their joint Euclidean norm is at most a bound, as
   * PyTorch's {@code clip_grad_norm_} does: by {@code min(1, bound / (norm + 1e-6))}.
   *
   * @return the scaled gradients under the same keys
   */
  public static <K> Map<K, Tensor> byNorm(Map<K, Tensor> gradients, double bound) {
    double squares = 0;
    for (Tensor gradient : gradients.values()) {
      squares += gradient.square().sum().item();
    }
    double scale = Math.min(1, bound / (Math.sqrt(squares) + 1e-6));
    Map<K, Tensor> scaled = new LinkedHashMap<>();
    gradients.forEach((key, g) -> scaled.put(key, scale < 1 ? g.multiply(scale) : g));
    return scaled;
  }

  /** Keeps every element in {@code [-bound, bound]}. */
  public static <K> Map<K, Tensor> byValue(Map<K, Tensor> gradients, double bound) {
    Map<K, Tensor> clipped = new LinkedHashMap<>();
    gradients.forEach((key, g) -> clipped.put(key, g.clamp(-bound, bound)));
    return clipped;
  }
}
