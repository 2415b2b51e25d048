// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.loss;

import dev.kairos.tensor.DType;
import dev.kairos.tensor.DTypeException;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.ShapeException;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.TensorOps;

/** Targets that are the number of one class for each row of scores. */
final class ClassNumbers {
  private ClassNumbers() {}

  /**
   * Checks scores {@code [.., C]} and classes {@code [..]}.
   *
   * @param name the loss, for the message
   */
  static void require(String name, TensorOps<?> scores, Tensor classes) {
    if (classes.dtype() != DType.INT32) {
      throw new DTypeException(name + ": classes must be whole numbers, not " + classes.spec());
    }
    Shape shape = scores.shape();
    boolean fits = shape.rank() > 0 && shape.slice(0, shape.rank() - 1).equals(classes.shape());
    if (!fits) {
      throw new ShapeException(
          name + ": needs a class for each row of scores " + both(scores, classes));
    }
    if (shape.count() == 0) {
      throw new ShapeException(
          name + ": the mean of nothing is no number: scores " + both(scores, classes));
    }
  }

  private static String both(TensorOps<?> scores, Tensor classes) {
    return scores.shape() + " (..,C), classes " + classes.shape();
  }

  /** The score of each row's class, {@code [rows, 1]}. */
  static <T extends TensorOps<T>> T picked(String name, T scores, Tensor classes) {
    int rows = classes.shape().count();
    T flat = scores.reshape(rows, scores.shape().size(-1));
    try {
      return flat.gather(1, flat.constant(classes.reshape(rows, 1)));
    } catch (IndexOutOfBoundsException e) {
      throw outside(name, scores, classes, e);
    }
  }

  /** What to throw for a class that is none, with where it stands among the rows. */
  private static IndexOutOfBoundsException outside(
      String name, TensorOps<?> scores, Tensor classes, IndexOutOfBoundsException found) {
    int count = scores.shape().size(-1);
    int[] values = classes.toInts();
    int at = 0;
    while (at < values.length - 1 && values[at] >= 0 && values[at] < count) {
      at++;
    }
    IndexOutOfBoundsException refused =
        new IndexOutOfBoundsException(
            "%s: class %d of row %d is outside [0, %d): scores %s"
                .formatted(name, values[at], at, count, both(scores, classes)));
    refused.initCause(found);
    return refused;
  }
}
