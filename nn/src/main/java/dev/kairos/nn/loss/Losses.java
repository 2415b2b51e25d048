// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.loss;

import dev.kairos.tensor.DTypeException;
import dev.kairos.tensor.ShapeException;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.TensorOps;
import dev.kairos.tensor.TensorSpec;

/** Losses over probabilities or logits. Means are over every element unless said otherwise. */
public final class Losses {
  /** The least a logarithm of a probability counts, as in PyTorch's binary cross-entropy. */
  private static final double LOG_FLOOR = -100;

  /** Below this, 1/p would overflow single precision on the way back. */
  private static final double SMALLEST = 1e-37;

  private Losses() {}

  /**
   * {@code max(log p, -100)} whose gradient is 0, not infinite, where p vanishes. A p below 1e-37
   * counts as 0: the slope there is beyond single precision.
   *
   * @param p probabilities
   */
  public static <T extends TensorOps<T>> T safeLog(T p) {
    T positive = p.between(SMALLEST, Double.POSITIVE_INFINITY);
    T vanished = positive.affine(-1, 1);
    T inside = p.multiply(positive).add(vanished).log();
    return inside.add(vanished.multiply(LOG_FLOOR)).clamp(LOG_FLOOR, Double.POSITIVE_INFINITY);
  }

  /**
   * Mean binary cross-entropy {@code -(q log p + (1-q) log(1-p))}, logarithms floored at -100.
   *
   * @param p probabilities in [0, 1]
   * @param q targets in [0, 1], of the same shape
   */
  public static <T extends TensorOps<T>> T binaryCrossEntropy(T p, T q) {
    requireAlike("binary cross-entropy", p, q);
    T hit = q.multiply(safeLog(p));
    T miss = q.affine(-1, 1).multiply(safeLog(p.affine(-1, 1)));
    return hit.add(miss).mean().negate();
  }

  /**
   * The same from the value before the sigmoid: {@code softplus(z) - q z}.
   *
   * @param z logits
   * @param q targets in [0, 1], of the same shape
   */
  public static <T extends TensorOps<T>> T binaryCrossEntropyWithLogits(T z, T q) {
    requireAlike("binary cross-entropy", z, q);
    return z.softplus().subtract(q.multiply(z)).mean();
  }

  /**
   * Mean over rows of {@code -sum_c q_c log softmax(z)_c}, where {@code 0 log 0} is 0: a class
   * hidden by minus infinity costs nothing as long as its target is 0, and its gradient is 0.
   *
   * @param z logits {@code [.., C]}
   * @param q targets of the same shape; rows need not sum to 1. Class numbers are for {@link
   *     #crossEntropyOfClasses}
   */
  public static <T extends TensorOps<T>> T crossEntropy(T z, T q) {
    if (!q.dtype().isReal()) {
      throw new DTypeException(
          "cross-entropy: targets are a number for each class, not "
              + new TensorSpec(q.shape(), q.dtype())
              + "; class numbers are for crossEntropyOfClasses");
    }
    requireAlike("cross-entropy", z, q);
    T wanted = q.between(0, 0).log(); // 0 where the target is 0, minus infinity elsewhere
    return z.logSoftmax().maximum(wanted).multiply(q).sum(false, -1).mean().negate();
  }

  /**
   * Mean of {@code -log softmax(z)_c} over rows that have one class c each: PyTorch's {@code
   * cross_entropy} with class numbers.
   *
   * @param z logits {@code [.., C]}
   * @param classes whole numbers in [0, C), {@code [..]}
   * @throws IndexOutOfBoundsException for a class outside
   */
  public static <T extends TensorOps<T>> T crossEntropyOfClasses(T z, Tensor classes) {
    ClassNumbers.require("cross-entropy of classes", z, classes);
    return ClassNumbers.picked("cross-entropy of classes", z.logSoftmax(), classes).mean().negate();
  }

  /**
   * Mean of {@code -log p_c} over rows that have one class c each: PyTorch's {@code nll_loss}.
   *
   * @param logP logarithms of probabilities, such as of {@code logSoftmax}, {@code [.., C]}
   * @param classes whole numbers in [0, C), {@code [..]}
   * @throws IndexOutOfBoundsException for a class outside
   */
  public static <T extends TensorOps<T>> T negativeLogLikelihood(T logP, Tensor classes) {
    ClassNumbers.require("negative log-likelihood", logP, classes);
    return ClassNumbers.picked("negative log-likelihood", logP, classes).mean().negate();
  }

  private static void requireAlike(String name, TensorOps<?> scores, TensorOps<?> targets) {
    if (scores.shape().count() == 0) {
      throw new ShapeException(
          name + ": the mean of nothing is no number: scores " + scores.shape());
    }
    if (!scores.shape().equals(targets.shape())) {
      throw new ShapeException(
          name + ": scores " + scores.shape() + " and targets " + targets.shape() + " must agree");
    }
  }
}
