// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import static dev.kairos.tensor.OpCases.in;
import static dev.kairos.tensor.OpCases.indices;

import dev.kairos.kernels.MapFunction;
import dev.kairos.kernels.RandomKey;
import java.util.List;

/** Functions of single elements, and dropout. */
final class UnaryCases {
  private UnaryCases() {}

  static void addTo(OpCases cases) {
    smooth(cases, Values.ANY, new Affine(2.5, -1), new Affine(0, 3), new Exp(), new Sigmoid());
    smooth(cases, Values.ANY, new Tanh(), new Swish(1.702), new Softplus(), new Pow(2), new Pow(3));
    smooth(cases, Values.ANY, new Dropout(0.3, new RandomKey(7, 1)), new Dropout(0, key()));
    smooth(cases, Values.POSITIVE, new Log(), new Sqrt(), new Reciprocal());
    smooth(cases, Values.POSITIVE, new Pow(0.5), new Pow(-1.5), new Pow(1), new Pow(0));
    smooth(cases, Values.SMOOTH, new Abs(), new Reciprocal(), new LeakyRelu(0), new LeakyRelu(0.2));
    smooth(cases, Values.SMOOTH, new Clamp(-0.5, 0.5), new Clamp(0, Double.POSITIVE_INFINITY));
    smooth(cases, Values.SMOOTH, new Clamp(Double.NEGATIVE_INFINITY, 0.5), new Clamp(-9, 9));
    smooth(cases, Values.SMOOTH, new Between(-0.5, 0.5), new Sign(), new Step(0.25, -3));

    for (Op op : List.of(new Abs(), new Sign(), new Step(0, 1), new LeakyRelu(0.5))) {
      cases.addRough(op, in(Values.TIED, 3, 7));
    }
    cases.addRough(new Between(-1, 1), in(Values.TIED, 3, 7));
    cases.addRough(new Clamp(0, 1), in(Values.TIED, 3, 7));
    for (Op op : List.of(new Sigmoid(), new Tanh(), new Softplus())) {
      cases.addRough(op, in(Values.EXTREME, 41));
    }

    slopes(cases, new Slope(MapFunction.SWISH_SLOPE, 1.7, 0));
    slopes(cases, new Slope(MapFunction.STEP, 0.25, 1));

    cases.reject(
        new Dropout(1, key()),
        List.of(OpCases.reals(2)),
        IllegalArgumentException.class,
        "[0, 1)",
        "1.0");
    cases.reject(
        new Dropout(Double.NaN, key()),
        List.of(OpCases.reals(2)),
        IllegalArgumentException.class,
        "NaN");
    cases.reject(
        new Clamp(1, -1),
        List.of(OpCases.reals(2)),
        IllegalArgumentException.class,
        "low <= high",
        "1.0",
        "-1.0");
    cases.reject(
        new Between(1, -1),
        List.of(OpCases.reals(2)),
        IllegalArgumentException.class,
        "low <= high",
        "1.0",
        "-1.0");
  }

  private static RandomKey key() {
    return new RandomKey(1, 2);
  }

  private static void smooth(OpCases cases, Values values, Op... ops) {
    for (Op op : ops) {
      cases.add(op, in(values));
      cases.add(op, in(values, 0));
      cases.add(op, in(values, 7));
      cases.add(op, in(values, 2, 0, 3));
      cases.add(op, in(values, 2, 3, 1, 37));
      cases.add(op, in(Arrangement.REVERSED, values, 2, 3, 5));
      cases.add(op, in(Arrangement.NARROWED, values, 3, 17));
      cases.add(op, in(Arrangement.REPEATED, values, 4, 5));
      cases.add(op, in(Arrangement.WINDOWED, values, 4, 3, 2));
      cases.reject(op, List.of(indices(2, 3)), DTypeException.class, "needs reals", "INT32");
    }
  }

  private static void slopes(OpCases cases, Op op) {
    cases.add(op, in(Values.SMOOTH, 3, 7), in(Values.ANY, 3, 7));
    cases.add(op, in(Values.SMOOTH), in(Values.ANY));
    cases.add(op, in(Values.SMOOTH, 0, 3), in(Values.ANY, 0, 3));
    cases.add(op, in(Arrangement.SWAPPED, Values.SMOOTH, 3, 5), in(Values.ANY, 3, 5));
    cases.add(op, in(Values.SMOOTH, 3, 5), in(Arrangement.REPEATED, Values.ANY, 3, 5));
    cases.rejectShapes(op, List.of(Shape.of(2, 3), Shape.of(3)), "as many");
    cases.reject(
        op, List.of(OpCases.reals(2), OpCases.indices(2)), DTypeException.class, "needs reals");
  }
}
