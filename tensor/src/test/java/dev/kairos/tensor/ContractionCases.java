// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import static dev.kairos.tensor.OpCases.in;
import static dev.kairos.tensor.OpCases.indices;
import static dev.kairos.tensor.OpCases.reals;

import dev.kairos.kernels.Conv1dGeometry;
import java.util.List;

/** Sums of products. */
final class ContractionCases {
  private ContractionCases() {}

  static void addTo(OpCases cases) {
    matmul(cases);
    solve(cases);
    conv1d(cases);
    conv1dRejections(cases);
    conv1dGradients(cases);
    taps(cases);
    tapRejections(cases);
  }

  private static void matmul(OpCases cases) {
    Matmul op = new Matmul();
    cases.add(op, in(Values.ANY, 1, 1), in(Values.ANY, 1, 1));
    cases.add(op, in(Values.ANY, 3, 5), in(Values.ANY, 5, 7));
    cases.add(op, in(Values.ANY, 13, 33), in(Values.ANY, 33, 19));
    cases.add(op, in(Values.ANY, 2, 3, 5), in(Values.ANY, 2, 5, 4));
    cases.add(op, in(Values.ANY, 2, 3, 5), in(Values.ANY, 5, 4));
    cases.add(op, in(Values.ANY, 3, 5), in(Values.ANY, 2, 5, 4));
    cases.add(op, in(Values.ANY, 2, 1, 3, 5), in(Values.ANY, 3, 5, 1));
    cases.add(op, in(Values.ANY, 1, 2, 2), in(Values.ANY, 3, 2, 2, 3));
    cases.add(op, in(Values.ANY, 0, 5), in(Values.ANY, 5, 7));
    cases.add(op, in(Values.ANY, 3, 0), in(Values.ANY, 0, 7));
    cases.add(op, in(Values.ANY, 0, 3, 2), in(Values.ANY, 2, 2));
    cases.add(op, in(Arrangement.REVERSED, Values.ANY, 3, 5), in(Values.ANY, 5, 7));
    cases.add(op, in(Values.ANY, 3, 5), in(Arrangement.SWAPPED, Values.ANY, 5, 7));
    cases.add(
        op, in(Arrangement.SWAPPED, Values.ANY, 9, 5), in(Arrangement.SWAPPED, Values.ANY, 5, 7));
    cases.add(op, in(Arrangement.WINDOWED, Values.ANY, 6, 5), in(Values.ANY, 5, 3));
    cases.add(
        op,
        in(Arrangement.NARROWED, Values.ANY, 2, 3, 5),
        in(Arrangement.REPEATED, Values.ANY, 2, 5, 3));
    cases.add(
        op,
        in(Arrangement.REVERSED, Values.ANY, 2, 3, 5),
        in(Arrangement.REVERSED, Values.ANY, 2, 5, 3));
    cases.add(op, in(Values.ANY, 3, 5), in(Values.ANY, 5, 7), in(Values.ANY, 7));
    cases.add(op, in(Values.ANY, 3, 5), in(Values.ANY, 5, 7), in(Values.ANY, 3, 7));
    cases.add(op, in(Values.ANY, 3, 0), in(Values.ANY, 0, 7), in(Values.ANY, 1));
    cases.add(
        op,
        in(Values.ANY, 2, 3, 5),
        in(Arrangement.SWAPPED, Values.ANY, 2, 5, 4),
        in(Arrangement.NARROWED, Values.ANY, 2, 1, 4));
    cases.rejectShapes(
        op, List.of(Shape.of(2, 3), Shape.of(3, 5), Shape.of(4)), "(..,M,K)", "(..,K,N)");
    cases.rejectShapes(
        op, List.of(Shape.of(2, 3), Shape.of(3, 5), Shape.of(7, 2, 5)), "addend", "repeat");
    cases.rejectShapes(
        op, List.of(Shape.of(2, 3), Shape.of(4, 5)), "(..,M,K)", "(..,K,N)", "3 != 4");
    cases.rejectShapes(op, List.of(Shape.of(3), Shape.of(3, 5)), "at least two axes");
    cases.rejectShapes(op, List.of(Shape.of(2, 3), Shape.of(3)), "at least two axes");
    cases.rejectShapes(op, List.of(Shape.of(2, 4, 3), Shape.of(5, 3, 1)), "2 != 5");
    cases.reject(op, List.of(reals(2, 3), indices(3, 2)), DTypeException.class, "needs reals");
  }

  private static void solve(OpCases cases) {
    Solve op = new Solve();
    cases.add(op, in(Values.MATRIX, 1, 1, 1), in(Values.ANY, 1, 1, 1));
    cases.add(op, in(Values.MATRIX, 2, 5, 5), in(Values.ANY, 2, 5, 3));
    cases.add(op, in(Values.MATRIX, 1, 9, 9), in(Values.ANY, 1, 9, 1));
    cases.add(op, in(Values.MATRIX, 0, 3, 3), in(Values.ANY, 0, 3, 2));
    cases.add(op, in(Values.MATRIX, 2, 3, 3), in(Values.ANY, 2, 3, 0));
    cases.add(
        op,
        in(Arrangement.SWAPPED, Values.MATRIX, 2, 4, 4),
        in(Arrangement.REVERSED, Values.ANY, 2, 4, 3));
    cases.add(
        op,
        in(Arrangement.REPEATED, Values.MATRIX, 3, 2, 2),
        in(Arrangement.NARROWED, Values.ANY, 3, 2, 3));
    cases.rejectShapes(op, List.of(Shape.of(3, 3), Shape.of(1, 3, 1)), "(B,n,n)", "3 axes");
    cases.rejectShapes(op, List.of(Shape.of(1, 3, 3), Shape.of(3, 1)), "(B,n,m)", "3 axes");
    cases.rejectShapes(op, List.of(Shape.of(1, 3, 4), Shape.of(1, 3, 1)), "square", "3 != 4");
    cases.rejectShapes(op, List.of(Shape.of(1, 3, 3), Shape.of(1, 4, 1)), "rows", "3 != 4");
    cases.rejectShapes(op, List.of(Shape.of(2, 3, 3), Shape.of(1, 3, 1)), "batches", "2 != 1");
    cases.reject(
        op, List.of(indices(1, 2, 2), reals(1, 2, 1)), DTypeException.class, "needs reals");
  }

  private static void conv1d(OpCases cases) {
    OpInput x = in(Values.ANY, 2, 9, 3);
    OpInput w = in(Values.ANY, 3, 3, 5);
    cases.add(new Conv1d(1, 0, 1), in(Values.ANY, 1, 1, 1), in(Values.ANY, 1, 1, 1));
    cases.add(new Conv1d(1, 0, 1), x, w);
    cases.add(new Conv1d(1, 1, 1), x, w, in(Values.ANY, 5));
    cases.add(new Conv1d(2, 1, 1), x, w, in(Values.ANY, 5));
    cases.add(new Conv1d(1, 2, 2), x, w);
    cases.add(new Conv1d(3, 4, 2), x, w, in(Values.ANY, 5));
    cases.add(new Conv1d(1, 5, 1), in(Values.ANY, 1, 2, 2), in(Values.ANY, 3, 2, 2));
    cases.add(new Conv1d(1, 0, 1), in(Values.ANY, 1, 11, 17), in(Values.ANY, 1, 17, 9));
    cases.add(new Conv1d(1, 1, 1), in(Values.ANY, 0, 9, 3), w);
    cases.add(new Conv1d(1, 1, 1), in(Values.ANY, 2, 4, 0), in(Values.ANY, 3, 0, 2));
    cases.add(new Conv1d(1, 1, 1), in(Values.ANY, 2, 4, 3), in(Values.ANY, 3, 3, 0));
    cases.add(new Conv1d(1, 2, 1), in(Values.ANY, 1, 0, 3), w);
    cases.add(
        new Conv1d(2, 1, 1),
        in(Arrangement.REVERSED, Values.ANY, 2, 9, 3),
        in(Arrangement.NARROWED, Values.ANY, 3, 3, 5),
        in(Arrangement.REPEATED, Values.ANY, 5));
    cases.add(
        new Conv1d(1, 1, 2),
        in(Arrangement.REPEATED, Values.ANY, 2, 9, 3),
        in(Arrangement.SWAPPED, Values.ANY, 3, 3, 4));
  }

  private static void conv1dRejections(OpCases cases) {
    Conv1d op = new Conv1d(1, 0, 1);
    Shape x = Shape.of(2, 9, 3);
    Shape w = Shape.of(3, 3, 5);
    cases.rejectShapes(
        op, List.of(x, Shape.of(3, 4, 5)), "(N,T,C)", "(K,C,O)", "channels", "3 != 4");
    cases.rejectShapes(op, List.of(Shape.of(9, 3), w), "input (N,T,C) must have 3 axes");
    cases.rejectShapes(op, List.of(x, Shape.of(3, 5)), "weight (K,C,O) must have 3 axes");
    cases.rejectShapes(op, List.of(x, w, Shape.of(4)), "bias", "(O)");
    cases.rejectShapes(op, List.of(x, w, Shape.of(1, 5)), "bias", "(O)");
    cases.rejectShapes(op, List.of(Shape.of(2, 2, 3), w), "does not fit");
    cases.rejectShapes(new Conv1d(1, 0, 5), List.of(x, w), "does not fit");
    cases.rejectShapes(op, List.of(x, Shape.of(0, 3, 5)), "kernel");
    cases.rejectShapes(new Conv1d(0, 0, 1), List.of(x, w), "stride >= 1", "0, 0, 1");
    cases.rejectShapes(new Conv1d(1, -1, 1), List.of(x, w), "padding >= 0", "1, -1, 1");
    cases.rejectShapes(new Conv1d(1, 0, 0), List.of(x, w), "dilation >= 1", "1, 0, 0");
    cases.reject(
        op, List.of(indices(2, 9, 3), reals(3, 3, 5)), DTypeException.class, "needs reals");
    cases.reject(
        op,
        List.of(reals(2, 9, 3), reals(3, 3, 5), indices(5)),
        DTypeException.class,
        "needs reals");
  }

  private static void conv1dGradients(OpCases cases) {
    for (Conv1dGeometry g :
        List.of(
            new Conv1dGeometry(2, 9, 3, 5, 3, 1, 1, 1),
            new Conv1dGeometry(2, 9, 3, 5, 3, 2, 1, 1),
            new Conv1dGeometry(1, 9, 1, 2, 3, 3, 4, 2),
            new Conv1dGeometry(1, 2, 2, 2, 3, 1, 5, 1),
            new Conv1dGeometry(0, 5, 2, 3, 3, 1, 0, 1))) {
      Conv1dInputGradient toInput = new Conv1dInputGradient(g);
      Conv1dWeightGradient toWeight = new Conv1dWeightGradient(g);
      int n = g.batch();
      int out = g.outputTime();
      int[] w = {g.kernel(), g.inputChannels(), g.outputChannels()};
      cases.add(toInput, in(Values.ANY, n, out, g.outputChannels()), in(Values.ANY, w));
      cases.add(
          toInput,
          in(Arrangement.REVERSED, Values.ANY, n, out, g.outputChannels()),
          in(Arrangement.NARROWED, Values.ANY, w));
      cases.add(
          toWeight,
          in(Values.ANY, n, g.time(), g.inputChannels()),
          in(Values.ANY, n, out, g.outputChannels()));
      cases.add(
          toWeight,
          in(Arrangement.NARROWED, Values.ANY, n, g.time(), g.inputChannels()),
          in(Arrangement.REVERSED, Values.ANY, n, out, g.outputChannels()));
    }
    Conv1dGeometry g = new Conv1dGeometry(2, 9, 3, 5, 3, 1, 1, 1);
    Op toInput = new Conv1dInputGradient(g);
    Op toWeight = new Conv1dWeightGradient(g);
    cases.rejectShapes(toInput, List.of(Shape.of(2, 8, 5), Shape.of(3, 3, 5)), "[2, 9, 5]");
    cases.rejectShapes(toInput, List.of(Shape.of(2, 9, 5), Shape.of(3, 5)), "[3, 3, 5]");
    cases.rejectShapes(toWeight, List.of(Shape.of(2, 9, 4), Shape.of(2, 9, 5)), "[2, 9, 3]");
    cases.rejectShapes(toWeight, List.of(Shape.of(2, 9, 3), Shape.of(9, 5)), "[2, 9, 5]");
    cases.reject(
        toInput, List.of(indices(2, 9, 5), reals(3, 3, 5)), DTypeException.class, "needs reals");
    cases.reject(
        toWeight, List.of(reals(2, 9, 3), indices(2, 9, 5)), DTypeException.class, "needs reals");
  }

  private static void taps(OpCases cases) {
    for (Conv1dGeometry g :
        List.of(
            new Conv1dGeometry(2, 9, 1, 5, 3, 1, 1, 1),
            new Conv1dGeometry(2, 9, 1, 4, 3, 2, 1, 1),
            new Conv1dGeometry(1, 9, 1, 2, 3, 3, 4, 2),
            new Conv1dGeometry(1, 2, 1, 2, 3, 1, 5, 1),
            new Conv1dGeometry(0, 5, 1, 3, 3, 1, 0, 1))) {
      TapSum sum = new TapSum(g.stride(), g.padding(), g.dilation());
      int[] taps = {g.kernel(), g.batch(), g.time(), g.outputChannels()};
      int[] factors = {2, g.batch(), g.time()};
      int[] y = {2, g.batch(), g.outputTime(), g.outputChannels()};
      cases.add(sum, in(Values.ANY, taps), in(Values.ANY, factors));
      cases.add(
          sum,
          in(Arrangement.REVERSED, Values.ANY, taps),
          in(Arrangement.NARROWED, Values.ANY, factors),
          in(Values.ANY, g.outputChannels()));
      cases.add(new TapSpread(g), in(Values.ANY, factors), in(Values.ANY, y));
      cases.add(
          new TapSpread(g),
          in(Arrangement.REVERSED, Values.ANY, factors),
          in(Arrangement.SWAPPED, Values.ANY, y));
      cases.add(new TapDot(g), in(Values.ANY, taps), in(Values.ANY, y));
      cases.add(
          new TapDot(g),
          in(Arrangement.NARROWED, Values.ANY, taps),
          in(Arrangement.REVERSED, Values.ANY, y));
    }
  }

  private static void tapRejections(OpCases cases) {
    Op sum = new TapSum(1, 0, 1);
    Shape taps = Shape.of(3, 2, 9, 5);
    Shape factors = Shape.of(4, 2, 9);
    Shape y = Shape.of(4, 2, 7, 5);
    cases.rejectShapes(sum, List.of(Shape.of(2, 9, 5), factors), "taps (K,N,T,O)", "4 axes");
    cases.rejectShapes(sum, List.of(taps, Shape.of(2, 9)), "factors (M,N,T)", "3 axes");
    cases.rejectShapes(sum, List.of(taps, Shape.of(4, 3, 9)), "batches", "2 != 3");
    cases.rejectShapes(sum, List.of(taps, Shape.of(4, 2, 8)), "steps", "9 != 8");
    cases.rejectShapes(sum, List.of(taps, factors, Shape.of(4)), "bias", "(O)");
    cases.rejectShapes(new TapSum(0, 0, 1), List.of(taps, factors), "stride >= 1");
    cases.rejectShapes(new TapSum(1, 0, 5), List.of(taps, factors), "does not fit");
    Conv1dGeometry g = new Conv1dGeometry(2, 9, 1, 5, 3, 1, 0, 1);
    Op spread = new TapSpread(g);
    Op dot = new TapDot(g);
    cases.rejectShapes(spread, List.of(Shape.of(4, 2, 8), y), "factors [4, 2, 8]");
    cases.rejectShapes(spread, List.of(Shape.of(9), y), "factors [9]");
    cases.rejectShapes(spread, List.of(factors, Shape.of(3, 2, 7, 5)), "gradient [3, 2, 7, 5]");
    cases.rejectShapes(dot, List.of(Shape.of(3, 2, 9, 4), y), "taps [3, 2, 9, 4]");
    cases.rejectShapes(dot, List.of(taps, Shape.of(2, 7, 5)), "gradient [2, 7, 5]");
    cases.rejectShapes(dot, List.of(taps, Shape.of(4, 2, 9, 5)), "gradient [4, 2, 9, 5]");
    cases.reject(
        sum, List.of(indices(3, 2, 9, 5), reals(4, 2, 9)), DTypeException.class, "needs reals");
    cases.reject(
        spread, List.of(indices(4, 2, 9), reals(4, 2, 7, 5)), DTypeException.class, "needs reals");
    cases.reject(
        dot, List.of(reals(3, 2, 9, 5), indices(4, 2, 7, 5)), DTypeException.class, "needs reals");
  }
}
