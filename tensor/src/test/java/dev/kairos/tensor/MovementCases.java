// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import static dev.kairos.tensor.OpCases.in;
import static dev.kairos.tensor.OpCases.indices;
import static dev.kairos.tensor.OpCases.reals;

import java.util.List;

/** Elements in another arrangement. */
final class MovementCases {
  private MovementCases() {}

  static void addTo(OpCases cases) {
    shapes(cases);
    concat(cases);
    narrow(cases);
    pad(cases);
    permute(cases);
    windows(cases);
  }

  private static void shapes(OpCases cases) {
    broadcast(cases, Shape.of(), Shape.of(2, 3));
    broadcast(cases, Shape.of(3), Shape.of(2, 3));
    broadcast(cases, Shape.of(2, 1), Shape.of(2, 5));
    broadcast(cases, Shape.of(2, 1, 3), Shape.of(4, 2, 5, 3));
    broadcast(cases, Shape.of(1, 3), Shape.of(0, 3));
    broadcast(cases, Shape.of(2, 3), Shape.of(2, 3));
    cases.add(new BroadcastTo(Shape.of(5, 2, 3)), in(Arrangement.REVERSED, Values.ANY, 2, 3));
    cases.addRough(new BroadcastTo(Shape.of(4, 3)), in(Values.ROWS, 3));
    BroadcastTo target = new BroadcastTo(Shape.of(2, 3));
    cases.rejectShapes(target, List.of(Shape.of(2)), "[2, 3]");
    cases.rejectShapes(target, List.of(Shape.of(1, 2, 3)), "does not repeat", "[2, 3]");
    cases.rejectShapes(new BroadcastTo(Shape.of(1)), List.of(Shape.of(3)), "[1]");

    for (Arrangement how : List.of(Arrangement.PLAIN, Arrangement.REVERSED, Arrangement.NARROWED)) {
      cases.add(new Reshape(Shape.of(3, 4)), in(how, Values.ANY, 2, 6));
      cases.add(new Reshape(Shape.of(2, 3, 2, 1)), in(how, Values.ANY, 12));
      cases.add(new Contiguous(), in(how, Values.ANY, 2, 3, 5));
      cases.addRough(new Contiguous(), in(how, Values.ROWS, 2, 5));
    }
    for (Shape same : List.of(Shape.of(3, 1, 5, 1), Shape.of(1, 3, 5), Shape.of(15, 1))) {
      cases.add(new Reshape(same), in(Arrangement.SWAPPED, Values.ANY, 3, 1, 5));
      cases.add(new Reshape(same), in(Arrangement.NARROWED, Values.ANY, 1, 3, 1, 5));
      cases.add(new Reshape(same), in(Arrangement.REPEATED, Values.ANY, 3, 5));
    }
    cases.add(new Reshape(Shape.of()), in(Values.ANY, 1, 1));
    cases.add(new Reshape(Shape.of(1)), in(Values.ANY));
    cases.add(new Reshape(Shape.of(3, 0)), in(Values.ANY, 0, 2));
    cases.add(new Reshape(Shape.of(15)), in(Arrangement.REPEATED, Values.ANY, 3, 5));
    cases.add(new Reshape(Shape.of(6)), in(Arrangement.WINDOWED, Values.ANY, 3, 2));
    cases.rejectShapes(new Reshape(Shape.of(4)), List.of(Shape.of(2, 3)), "[4]", "6 != 4");
    cases.add(new Contiguous(), in(Values.ANY));
    cases.add(new Contiguous(), in(Arrangement.NARROWED, Values.ANY, 0, 2));
    cases.add(new Contiguous(), in(Arrangement.WINDOWED, Values.ANY, 4, 3, 2, 2));
  }

  private static void broadcast(OpCases cases, Shape from, Shape to) {
    cases.add(new BroadcastTo(to), in(Values.ANY, from.sizes()));
  }

  private static void concat(OpCases cases) {
    cases.add(new Concat(0), in(Values.ANY, 7));
    cases.add(new Concat(0), in(Values.ANY, 2), in(Values.ANY, 0), in(Values.ANY, 3));
    cases.add(new Concat(-1), in(Values.ANY, 2, 3), in(Values.ANY, 2, 1));
    cases.add(
        new Concat(1), in(Values.ANY, 2, 3, 2), in(Arrangement.REVERSED, Values.ANY, 2, 5, 2));
    cases.add(
        new Concat(-3),
        in(Arrangement.REPEATED, Values.ANY, 2, 3, 2),
        in(Arrangement.NARROWED, Values.ANY, 1, 3, 2));
    cases.add(new Concat(3), in(Values.ANY, 1, 2, 3, 4), in(Values.ANY, 1, 2, 3, 1));
    cases.addRough(
        new Concat(0), in(Values.ROWS, 2, 2), in(Arrangement.SWAPPED, Values.ROWS, 3, 2));
    cases.rejectShapes(
        new Concat(0), List.of(Shape.of(2, 3), Shape.of(2, 4)), "all but axis 0 must agree");
    cases.rejectShapes(new Concat(0), List.of(Shape.of(2), Shape.of(2, 1)), "must agree");
    cases.rejectShapes(new Concat(2), List.of(Shape.of(2, 3)), "axis 2");
    cases.rejectShapes(new Concat(0), List.of(Shape.of()), "axis 0");
    cases.reject(new Concat(0), List.of(reals(2), indices(2)), DTypeException.class, "INT32");
  }

  private static void narrow(OpCases cases) {
    cases.add(new Narrow(0, 0, 7), in(Values.ANY, 7));
    cases.add(new Narrow(0, 7, 0), in(Values.ANY, 7));
    cases.add(new Narrow(-1, 1, 3), in(Values.ANY, 2, 5));
    cases.add(new Narrow(1, 2, 2), in(Arrangement.REVERSED, Values.ANY, 2, 5, 3));
    cases.add(new Narrow(0, 1, 2), in(Arrangement.NARROWED, Values.ANY, 3, 2, 2, 2));
    cases.add(new Narrow(0, 1, 2), in(Arrangement.REPEATED, Values.ANY, 3, 2));
    cases.add(new Narrow(0, 1, 2), in(Arrangement.WINDOWED, Values.ANY, 3, 2));
    cases.addRough(new Narrow(0, 1, 2), in(Values.ROWS, 3, 2));
    cases.rejectShapes(new Narrow(1, 2, 2), List.of(Shape.of(2, 3)), "[2, 4)", "axis 1");
    cases.rejectShapes(new Narrow(0, -1, 1), List.of(Shape.of(2, 3)), "[-1, 0)");
    cases.rejectShapes(new Narrow(0, 2, -1), List.of(Shape.of(2, 3)), "axis 0");
    cases.rejectShapes(
        new Narrow(0, Integer.MAX_VALUE, Integer.MAX_VALUE), List.of(Shape.of(2, 3)), "axis 0");
    cases.rejectShapes(new Narrow(2, 0, 1), List.of(Shape.of(2, 3)), "axis 2");
  }

  private static void pad(OpCases cases) {
    cases.add(new Pad(0, 2, 1, 5), in(Values.ANY, 7));
    cases.add(new Pad(0, 0, 0, 5), in(Values.ANY, 7));
    cases.add(new Pad(-1, 0, 3, -1), in(Values.ANY, 2, 5));
    cases.add(new Pad(1, 1, 1, 0), in(Arrangement.REVERSED, Values.ANY, 2, 3, 2));
    cases.add(new Pad(2, 2, 0, 1), in(Arrangement.NARROWED, Values.ANY, 2, 3, 2, 2));
    cases.add(new Pad(0, 1, 0, 1), in(Arrangement.REPEATED, Values.ANY, 2, 3));
    cases.add(new Pad(0, 2, 1, 1), in(Values.ANY, 0, 3));
    cases.rejectShapes(new Pad(0, -1, 0, 0), List.of(Shape.of(2, 3)), "-1", "negative");
    cases.rejectShapes(new Pad(2, 1, 1, 0), List.of(Shape.of(2, 3)), "axis 2");
    cases.reject(new Pad(0, 1, 1, 0), List.of(indices(2)), DTypeException.class, "needs reals");
  }

  private static void permute(OpCases cases) {
    cases.add(new Permute(List.of()), in(Values.ANY));
    cases.add(new Permute(List.of(0)), in(Values.ANY, 7));
    cases.add(new Permute(List.of(1, 0)), in(Values.ANY, 3, 5));
    cases.add(new Permute(List.of(2, 0, 1)), in(Values.ANY, 2, 3, 4));
    cases.add(new Permute(List.of(-1, 0, -2)), in(Values.ANY, 2, 3, 4));
    cases.add(new Permute(List.of(1, 3, 0, 2)), in(Arrangement.NARROWED, Values.ANY, 2, 3, 4, 2));
    cases.add(new Permute(List.of(1, 0)), in(Arrangement.REPEATED, Values.ANY, 3, 5));
    cases.add(new Permute(List.of(1, 2, 0)), in(Values.ANY, 2, 0, 3));
    cases.addRough(new Permute(List.of(1, 0)), in(Values.ROWS, 3, 5));
    cases.rejectShapes(new Permute(List.of(0)), List.of(Shape.of(2, 3)), "every axis", "[0]");
    cases.rejectShapes(new Permute(List.of(0, -2)), List.of(Shape.of(2, 3)), "twice");
    cases.rejectShapes(new Permute(List.of(0, 2)), List.of(Shape.of(2, 3)), "axis 2");
  }

  private static void windows(OpCases cases) {
    cases.add(new Unfold(0, 3, 1), in(Values.ANY, 7));
    cases.add(new Unfold(0, 3, 2), in(Values.ANY, 8));
    cases.add(new Unfold(-1, 2, 5), in(Values.ANY, 2, 8));
    cases.add(new Unfold(1, 3, 1), in(Arrangement.REVERSED, Values.ANY, 2, 5, 3));
    cases.add(new Unfold(2, 1, 1), in(Arrangement.NARROWED, Values.ANY, 2, 2, 3));
    cases.add(new Unfold(0, 5, 1), in(Values.ANY, 5, 2));
    cases.add(new Unfold(1, 2, 1), in(Values.ANY, 0, 3));
    cases.add(new Unfold(0, 2, 1), in(Arrangement.WINDOWED, Values.ANY, 4, 3));
    cases.addRough(new Unfold(0, 2, 1), in(Values.ROWS, 4));
    cases.rejectShapes(new Unfold(0, 4, 1), List.of(Shape.of(3, 9)), "windows of 4", "axis 0");
    cases.rejectShapes(new Unfold(0, 0, 1), List.of(Shape.of(3)), "windows of 0");
    cases.rejectShapes(new Unfold(0, 1, 0), List.of(Shape.of(3)), "every 0");
    cases.rejectShapes(new Unfold(1, 1, 1), List.of(Shape.of(3)), "axis 1");

    cases.add(new Fold(0, 1, 7), in(Values.ANY, 5, 3));
    cases.add(new Fold(0, 2, 8), in(Values.ANY, 3, 3));
    cases.add(new Fold(-2, 5, 8), in(Values.ANY, 2, 2, 2));
    cases.add(new Fold(1, 1, 5), in(Arrangement.REVERSED, Values.ANY, 2, 3, 3, 2));
    cases.add(new Fold(0, 1, 4), in(Arrangement.NARROWED, Values.ANY, 3, 2));
    cases.add(new Fold(0, 1, 4), in(Arrangement.REPEATED, Values.ANY, 3, 2, 37));
    cases.add(new Fold(1, 1, 3), in(Values.ANY, 0, 2, 2));
    cases.add(new Fold(0, 1, 5), in(Arrangement.WINDOWED, Values.ANY, 4, 2));
    cases.rejectShapes(new Fold(0, 1, 8), List.of(Shape.of(5, 3)), "length 8");
    cases.rejectShapes(new Fold(0, 0, 7), List.of(Shape.of(5, 3)), "every 0");
    cases.rejectShapes(new Fold(0, 1, 2), List.of(Shape.of(1, 3)), "length 2");
    cases.rejectShapes(new Fold(0, 1, 4), List.of(Shape.of(5, 0)), "length 4");
    cases.rejectShapes(new Fold(0, 1, 7), List.of(Shape.of(7)), "axis");
    cases.rejectShapes(new Fold(-1, 1, 7), List.of(Shape.of(5, 3)), "axis");
    cases.reject(new Fold(0, 1, 7), List.of(indices(5, 3)), DTypeException.class, "needs reals");
  }
}
