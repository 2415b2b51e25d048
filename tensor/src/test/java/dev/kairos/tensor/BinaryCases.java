// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import static dev.kairos.tensor.OpCases.in;
import static dev.kairos.tensor.OpCases.indices;
import static dev.kairos.tensor.OpCases.reals;

import java.util.List;

/** Functions of two elements, with every kind of broadcasting. */
final class BinaryCases {
  private BinaryCases() {}

  static void addTo(OpCases cases) {
    for (Op op : List.of(new Add(), new Subtract(), new Multiply())) {
      smooth(cases, op, Values.ANY, Values.ANY);
    }
    smooth(cases, new Divide(), Values.ANY, Values.POSITIVE);
    for (Op op : List.of(new Maximum(), new Minimum())) {
      smooth(cases, op, Values.DISTINCT, Values.BETWEEN);
      cases.addRough(op, in(Values.TIED, 3, 9), in(Values.TIED, 9));
    }
    for (Op op : List.of(new Greater(), new GreaterEqual(), new Equal())) {
      smooth(cases, op, Values.DISTINCT, Values.BETWEEN);
      cases.addRough(op, in(Values.TIED, 3, 9), in(Values.TIED, 3, 1));
    }
  }

  private static void smooth(OpCases cases, Op op, Values left, Values right) {
    cases.add(op, in(left), in(right));
    cases.add(op, in(left, 0), in(right, 1));
    cases.add(op, in(left, 7), in(right, 7));
    cases.add(op, in(left, 3, 35), in(right, 35));
    cases.add(op, in(left, 35), in(right, 3, 35));
    cases.add(op, in(left, 3, 1), in(right, 1, 4));
    cases.add(op, in(left), in(right, 2, 3));
    cases.add(op, in(left, 2, 3), in(right, 1));
    cases.add(op, in(left, 2, 1, 4), in(right, 3, 1));
    cases.add(op, in(left, 2, 3, 4, 5), in(right, 1, 3, 1, 5));
    cases.add(op, in(left, 2, 0, 3), in(right, 3));
    cases.add(op, in(Arrangement.REVERSED, left, 2, 3, 5), in(right, 2, 3, 5));
    cases.add(op, in(left, 3, 5), in(Arrangement.NARROWED, right, 3, 5));
    cases.add(op, in(Arrangement.REPEATED, left, 3, 5), in(Arrangement.REVERSED, right, 3, 5));
    cases.add(op, in(Arrangement.WINDOWED, left, 3, 5), in(Arrangement.SWAPPED, right, 3, 1));

    cases.rejectShapes(
        op, List.of(Shape.of(2, 3), Shape.of(4)), "shapes do not broadcast", "3 != 4");
    cases.rejectShapes(op, List.of(Shape.of(0), Shape.of(2)), "0 != 2");
    cases.reject(op, List.of(indices(3), reals(3)), DTypeException.class, "needs reals");
    cases.reject(op, List.of(reals(3), indices(3)), DTypeException.class, "needs reals");
  }
}
