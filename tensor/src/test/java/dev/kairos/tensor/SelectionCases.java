// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import static dev.kairos.tensor.OpCases.in;
import static dev.kairos.tensor.OpCases.indices;
import static dev.kairos.tensor.OpCases.reals;

import java.util.List;

/** Rows picked, placed or blended. */
final class SelectionCases {
  private SelectionCases() {}

  static void addTo(OpCases cases) {
    gather(cases);
    scatter(cases);
    topK(cases);
    order(cases);
    for (int length : new int[] {1, 2, 5, 7, 13}) {
      resample(cases, new Resample(1, length));
      resample(cases, new ResampleTranspose(1, length));
    }
    edges(cases, new Resample(-1, 4), new Resample(1, 0), new Resample(2, 3));
    edges(
        cases,
        new ResampleTranspose(-1, 4),
        new ResampleTranspose(1, 0),
        new ResampleTranspose(2, 3));
  }

  private static void gather(OpCases cases) {
    cases.add(new Gather(0), in(Values.ANY, 3), in(Values.ROWS, 5));
    cases.add(new Gather(0), in(Values.ANY, 3, 2), in(Values.ROWS, 0));
    cases.add(new Gather(0), in(Values.ANY, 4, 37), in(Values.ROWS, 7));
    cases.add(new Gather(1), in(Values.ANY, 2, 3, 5), in(Values.ROWS, 2, 4));
    cases.add(new Gather(1), in(Values.ANY, 2, 3, 5), in(Values.ROWS, 1, 4));
    cases.add(new Gather(1), in(Values.ANY, 2, 3, 5), in(Values.ROWS, 4));
    cases.add(new Gather(-1), in(Values.ANY, 2, 3), in(Values.ROWS, 2, 4));
    cases.add(new Gather(2), in(Values.ANY, 2, 2, 3, 2), in(Values.ROWS, 2, 1, 4));
    cases.add(new Gather(1), in(Values.ANY, 0, 3), in(Values.ROWS, 4));
    cases.add(
        new Gather(1),
        in(Arrangement.REVERSED, Values.ANY, 2, 3, 5),
        in(Arrangement.REVERSED, Values.ROWS, 2, 4));
    cases.add(
        new Gather(1),
        in(Arrangement.NARROWED, Values.ANY, 2, 3, 2),
        in(Arrangement.NARROWED, Values.ROWS, 2, 4));
    refusals(cases, new Gather(1));
  }

  private static void scatter(OpCases cases) {
    cases.add(new ScatterAdd(0, 3), in(Values.ANY, 5), in(Values.ROWS, 5));
    cases.add(new ScatterAdd(0, 4), in(Values.ANY, 0, 2), in(Values.ROWS, 0));
    cases.add(new ScatterAdd(0, 4), in(Values.ANY, 7, 37), in(Values.ROWS, 7));
    cases.add(new ScatterAdd(1, 3), in(Values.ANY, 2, 4, 5), in(Values.ROWS, 2, 4));
    cases.add(new ScatterAdd(1, 5), in(Values.ANY, 2, 4, 5), in(Values.ROWS, 1, 4));
    cases.add(new ScatterAdd(1, 3), in(Values.ANY, 2, 4, 5), in(Values.ROWS, 4));
    cases.add(new ScatterAdd(-1, 3), in(Values.ANY, 2, 4), in(Values.ROWS, 2, 4));
    cases.add(new ScatterAdd(2, 3), in(Values.ANY, 2, 2, 4, 2), in(Values.ROWS, 2, 1, 4));
    cases.add(
        new ScatterAdd(1, 3),
        in(Arrangement.REVERSED, Values.ANY, 2, 4, 5),
        in(Arrangement.REVERSED, Values.ROWS, 2, 4));
    cases.add(
        new ScatterAdd(1, 3),
        in(Arrangement.REPEATED, Values.ANY, 2, 4, 5),
        in(Arrangement.REPEATED, Values.ROWS, 2, 4));
    cases.reject(
        new ScatterAdd(1, 3),
        List.of(reals(2, 4), indices(5)),
        ShapeException.class,
        "as many rows as positions",
        "4 != 5");
    refusals(cases, new ScatterAdd(1, 3));
    cases.reject(
        new ScatterAdd(1, -1),
        List.of(reals(2, 4), indices(4)),
        ShapeException.class,
        "the size must not be negative",
        "-1");
  }

  /** What both refuse, for axis 1. */
  private static void refusals(OpCases cases, Op op) {
    cases.reject(op, List.of(reals(2, 4), reals(4)), DTypeException.class, "INT32");
    cases.reject(op, List.of(indices(2, 4), indices(4)), DTypeException.class, "needs reals");
    cases.reject(op, List.of(reals(2, 4), indices()), ShapeException.class, "their number");
    cases.reject(op, List.of(reals(2, 4, 3), indices(3, 4)), ShapeException.class, "axis 1");
    cases.reject(op, List.of(reals(1, 4, 3), indices(2, 4)), ShapeException.class, "axis 1");
    cases.reject(op, List.of(reals(2, 4), indices(1, 2, 4)), ShapeException.class, "axis 1");
    cases.reject(op, List.of(reals(4), indices(4)), ShapeException.class, "axis 1");
  }

  private static void topK(OpCases cases) {
    cases.add(new TopKIndices(1), in(Values.DISTINCT, 1));
    cases.add(new TopKIndices(7), in(Values.DISTINCT, 7));
    cases.add(new TopKIndices(3), in(Values.DISTINCT, 2, 3, 2, 37));
    cases.add(new TopKIndices(2), in(Values.DISTINCT, 0, 5));
    cases.add(new TopKIndices(2), in(Arrangement.REVERSED, Values.DISTINCT, 3, 5));
    cases.add(new TopKIndices(2), in(Arrangement.NARROWED, Values.DISTINCT, 3, 5));
    cases.addRough(new TopKIndices(5), in(Values.TIED, 3, 9));
    cases.rejectShapes(new TopKIndices(4), List.of(Shape.of(2, 3)), "[1, 3]", "4");
    cases.rejectShapes(new TopKIndices(0), List.of(Shape.of(2, 3)), "[1, 3]", "0");
    cases.rejectShapes(new TopKIndices(1), List.of(Shape.of()), "axis");
    cases.reject(new TopKIndices(1), List.of(indices(3)), DTypeException.class, "needs reals");
  }

  private static void order(OpCases cases) {
    for (boolean descending : new boolean[] {false, true}) {
      Op op = new SortIndices(descending);
      cases.add(op, in(Values.DISTINCT, 1));
      cases.add(op, in(Values.DISTINCT, 2, 3, 37));
      cases.add(op, in(Values.DISTINCT, 3, 0));
      cases.add(op, in(Values.DISTINCT, 0, 5));
      cases.add(op, in(Arrangement.REVERSED, Values.DISTINCT, 3, 5));
      cases.add(op, in(Arrangement.NARROWED, Values.DISTINCT, 3, 5));
      cases.addRough(op, in(Values.TIED, 3, 9));
      cases.rejectShapes(op, List.of(Shape.of()), "at least one axis");
      cases.reject(op, List.of(indices(3)), DTypeException.class, "needs reals");
    }
  }

  private static void resample(OpCases cases, Op op) {
    cases.add(op, in(Values.ANY, 1, 1));
    cases.add(op, in(Values.ANY, 2, 5));
    cases.add(op, in(Values.ANY, 2, 7, 3));
    cases.add(op, in(Values.ANY, 1, 2, 2, 3));
    cases.add(op, in(Values.ANY, 0, 3));
    cases.add(op, in(Arrangement.REVERSED, Values.ANY, 2, 4, 3));
    cases.add(op, in(Arrangement.NARROWED, Values.ANY, 2, 4, 3));
    cases.add(op, in(Arrangement.REPEATED, Values.ANY, 2, 4, 3));
  }

  private static void edges(OpCases cases, Op last, Op toNothing, Op third) {
    cases.add(last, in(Values.ANY, 3, 7));
    cases.rejectShapes(toNothing, List.of(Shape.of(2, 3)), "at least one row", "0 rows");
    cases.rejectShapes(last, List.of(Shape.of(2, 0)), "at least one row");
    cases.rejectShapes(third, List.of(Shape.of(2, 3)), "axis 2");
    cases.reject(last, List.of(indices(2, 3)), DTypeException.class, "needs reals");
  }
}
