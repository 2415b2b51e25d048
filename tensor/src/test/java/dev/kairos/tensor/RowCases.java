// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import static dev.kairos.tensor.OpCases.in;
import static dev.kairos.tensor.OpCases.indices;

import dev.kairos.kernels.RowFunction;
import java.util.List;

/** Reductions and functions of whole rows. */
final class RowCases {
  private RowCases() {}

  static void addTo(OpCases cases) {
    sums(cases);
    for (boolean keep : new boolean[] {false, true}) {
      orders(cases, keep);
    }
    rows(cases, new Softmax());
    rows(cases, new LogSoftmax());
    rows(cases, new Normalize(1e-3));
    rows(cases, new L2Normalize(1e-3));
    for (RowFunction f : RowFunction.values()) {
      gradients(cases, new RowGradient(f, 1e-3));
    }
    layerNorms(cases);
    cases.addRough(new Softmax(), in(Values.EXTREME, 3, 41));
    cases.addRough(new LogSoftmax(), in(Values.EXTREME, 3, 41));
    cases.addRough(new Normalize(1e-5), in(Arrangement.REPEATED, Values.ANY, 3, 1));
  }

  private static void layerNorms(OpCases cases) {
    Op op = new LayerNorm(1e-3);
    for (int[] sizes : new int[][] {{7}, {3, 1}, {3, 37}, {2, 3, 5}, {0, 3}}) {
      int n = sizes[sizes.length - 1];
      cases.add(op, in(Values.ANY, sizes), in(Values.ANY, n), in(Values.ANY, n));
    }
    cases.add(
        op,
        in(Arrangement.REVERSED, Values.ANY, 3, 5),
        in(Arrangement.NARROWED, Values.ANY, 5),
        in(Arrangement.REVERSED, Values.ANY, 5));
    cases.rejectShapes(op, List.of(Shape.of(), Shape.of(), Shape.of()), "row of []");
    cases.rejectShapes(op, List.of(Shape.of(2, 3), Shape.of(2), Shape.of(3)), "[2]", "[2, 3]");
    cases.rejectShapes(op, List.of(Shape.of(2, 3), Shape.of(3), Shape.of(1, 3)), "[1, 3]");
    cases.reject(
        op, List.of(indices(2, 3), indices(3), indices(3)), DTypeException.class, "needs reals");
  }

  private static void sums(OpCases cases) {
    cases.add(new Sum(List.of(), false), in(Values.ANY));
    cases.add(new Sum(List.of(), true), in(Values.ANY, 3, 2));
    cases.add(new Sum(List.of(0), false), in(Values.ANY, 7));
    cases.add(new Sum(List.of(-1), false), in(Values.ANY, 3, 131));
    cases.add(new Sum(List.of(0), true), in(Values.ANY, 37, 5));
    cases.add(new Sum(List.of(1), false), in(Values.ANY, 2, 3, 4));
    cases.add(new Sum(List.of(-1, 0), false), in(Values.ANY, 2, 3, 4));
    cases.add(new Sum(List.of(2, 0), true), in(Values.ANY, 2, 3, 4));
    cases.add(new Sum(List.of(1, 3), false), in(Values.ANY, 2, 3, 4, 5));
    cases.add(new Sum(List.of(0, 1, 2, 3), false), in(Values.ANY, 2, 3, 4, 5));
    cases.add(new Sum(List.of(0), false), in(Values.ANY, 0, 3));
    cases.add(new Sum(List.of(1), false), in(Values.ANY, 0, 3));
    cases.add(new Sum(List.of(1), false), in(Arrangement.REVERSED, Values.ANY, 3, 5));
    cases.add(new Sum(List.of(0), false), in(Arrangement.NARROWED, Values.ANY, 3, 5));
    cases.add(new Sum(List.of(0), true), in(Arrangement.REPEATED, Values.ANY, 3, 5));
    cases.add(new Sum(List.of(0), false), in(Arrangement.WINDOWED, Values.ANY, 3, 5, 2));
    cases.rejectShapes(new Sum(List.of(2), false), List.of(Shape.of(2, 3)), "axis 2");
    cases.rejectShapes(new Sum(List.of(-3), false), List.of(Shape.of(2, 3)), "axis -3");
    cases.rejectShapes(new Sum(List.of(0, -2), true), List.of(Shape.of(2, 3)), "twice");
    cases.reject(
        new Sum(List.of(0), false), List.of(indices(3)), DTypeException.class, "needs reals");
  }

  private static void orders(OpCases cases, boolean keep) {
    for (Op op : List.of(new Max(0, keep), new Min(0, keep))) {
      cases.add(op, in(Values.DISTINCT, 1));
      cases.add(op, in(Values.DISTINCT, 37));
      cases.add(op, in(Values.DISTINCT, 3, 0));
      cases.add(op, in(Values.DISTINCT, 5, 3, 2));
      cases.rejectShapes(op, List.of(Shape.of()), "axis 0");
      cases.rejectShapes(op, List.of(Shape.of(0, 3)), "at least one element", "axis 0");
    }
    for (Op op :
        List.of(new Max(1, keep), new Min(1, keep), new Max(-2, keep), new Min(-2, keep))) {
      cases.add(op, in(Values.DISTINCT, 2, 3, 4));
      cases.add(op, in(Arrangement.REVERSED, Values.DISTINCT, 2, 3, 4));
      cases.add(op, in(Arrangement.NARROWED, Values.DISTINCT, 2, 3, 4));
      cases.add(op, in(Arrangement.REPEATED, Values.DISTINCT, 2, 3, 4));
      cases.addRough(op, in(Arrangement.WINDOWED, Values.TIED, 4, 5, 2));
      cases.rejectShapes(op, List.of(Shape.of(3)), "axis");
      cases.reject(op, List.of(indices(2, 3)), DTypeException.class, "needs reals");
    }
    cases.add(new Max(-1, keep), in(Values.DISTINCT, 2, 2, 3, 19));
    cases.add(new Min(-1, keep), in(Values.DISTINCT, 2, 2, 3, 19));
  }

  private static void rows(OpCases cases, Op op) {
    cases.add(op, in(Values.ANY, 1));
    cases.add(op, in(Values.ANY, 7));
    cases.add(op, in(Values.ANY, 3, 67));
    cases.add(op, in(Values.ANY, 2, 3, 2, 5));
    cases.add(op, in(Values.ANY, 0, 5));
    cases.add(op, in(Values.ANY, 3, 0));
    cases.add(op, in(Arrangement.REVERSED, Values.ANY, 2, 3, 5));
    cases.add(op, in(Arrangement.NARROWED, Values.ANY, 3, 5));
    cases.add(op, in(Arrangement.REPEATED, Values.ANY, 3, 5));
    cases.add(op, in(Arrangement.WINDOWED, Values.ANY, 4, 5));
    cases.rejectShapes(op, List.of(Shape.of()), "at least one axis");
    cases.reject(op, List.of(indices(3)), DTypeException.class, "needs reals");
  }

  private static void gradients(OpCases cases, Op op) {
    cases.add(op, in(Values.ANY, 7), in(Values.ANY, 7));
    cases.add(op, in(Values.ANY, 3, 67), in(Values.ANY, 3, 67));
    cases.add(op, in(Values.ANY, 3, 0), in(Values.ANY, 3, 0));
    cases.add(op, in(Arrangement.NARROWED, Values.ANY, 3, 5), in(Values.ANY, 3, 5));
    cases.add(op, in(Values.ANY, 3, 5), in(Arrangement.REPEATED, Values.ANY, 3, 5));
    cases.add(op, in(Values.ANY, 4, 5), in(Arrangement.REVERSED, Values.ANY, 4, 5));
    cases.rejectShapes(op, List.of(Shape.of(), Shape.of()), "at least one axis");
    cases.rejectShapes(op, List.of(Shape.of(2, 3), Shape.of(3)), "as many");
    cases.reject(op, List.of(indices(3), indices(3)), DTypeException.class, "needs reals");
  }
}
