// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.SplittableRandom;

/**
 * An operand to try.
 *
 * @param shape as the operation sees it
 * @param values where its elements are drawn from
 * @param arrangement how its memory lies
 */
record OpInput(Shape shape, Values values, Arrangement arrangement) {
  Tensor base(Engine engine, SplittableRandom random) {
    Shape base = arrangement.base(shape);
    double[] drawn = values.draw(random, base);
    if (!values.isIndices()) {
      return engine.tensor(drawn, base.sizes());
    }
    int[] whole = new int[drawn.length];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = (int) drawn[i];
    }
    return engine.indices(whole, base.sizes());
  }

  @Override
  public String toString() {
    return shape + " " + values + " " + arrangement;
  }
}
