// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.gaufuse;

import dev.kairos.autograd.Variable;
import dev.kairos.tensor.Tensor;

/**
 * The loss of labels of snippets: the labels times the log-probabilities of the classes, negated,
 * summed over classes and averaged over snippets. Labels are no distribution, and the change
 * between two generations is negative in places: then the loss falls as a probability goes to 0,
 * without end where logits are not bounded.
 *
 * <p>Source: "Bridging Train-Test Gap in Pseudo Labels", CVPR 2023, equations 7 to 9.
 */
public final class LabelLoss {
  /** Below this probability a negative label asks for nothing more. */
  public static final double FLOOR = 1e-4;

  private LabelLoss() {}

  /**
   * For logits of which a snippet has one class.
   *
   * @param logits {@code [T,C]}
   * @param labels of any sign, {@code [T,C]}
   * @param floor probability below which a negative label gives no gradient; 0 for none
   */
  public static Variable softmax(Variable logits, Tensor labels, double floor) {
    return loss(logits.logSoftmax(), labels, floor);
  }

  /** The same for logits of which a snippet may have several classes. */
  public static Variable sigmoid(Variable logits, Tensor labels, double floor) {
    return loss(logits.negate().softplus().negate(), labels, floor);
  }

  private static Variable loss(Variable logProbabilities, Tensor labels, double floor) {
    Variable target = logProbabilities.constant(labels);
    Variable product;
    if (floor > 0) {
      Variable none = target.multiply(0);
      Variable floored = logProbabilities.clamp(Math.log(floor), Double.POSITIVE_INFINITY);
      product =
          logProbabilities
              .multiply(target.maximum(none))
              .add(floored.multiply(target.minimum(none)));
    } else {
      product = logProbabilities.multiply(target);
    }
    return product.sum(false, -1).mean().negate();
  }
}
