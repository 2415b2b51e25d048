// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.contract;

import dev.kairos.kernels.MapFunction;
import dev.kairos.kernels.Precision;
import dev.kairos.kernels.ZipFunction;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every map and zip at infinities, zeros of either sign and NaN, by tables that name the right
 * value. A function that is not in its table does not compile.
 */
abstract class SpecialValuesContract extends BackendPart {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;
  private static final double[] AT = {-INF, -0.0, 0.0, INF, NAN};

  /** Lengths below and above those from which vectors are used, no multiples of anything. */
  private static final int[] LENGTHS = {5, 131, 5003};

  /** A function's constants and its values at {@link #AT}. */
  @SuppressWarnings("ArrayRecordComponent") // a row of a table; never compared
  private record Row(double a, double b, double... expected) {}

  private static Row row(double a, double b, double... expected) {
    return new Row(a, b, expected);
  }

  private static Row[] table(MapFunction f) {
    return switch (f) {
      case AFFINE -> new Row[] {row(2, 1, -INF, 1, 1, INF, NAN), row(0, 1, NAN, 1, 1, NAN, NAN)};
      case ABS -> new Row[] {row(0, 0, INF, 0, 0, INF, NAN)};
      case SIGN -> new Row[] {row(0, 0, -1, 0, 0, 1, 0)};
      case EXP -> new Row[] {row(0, 0, 0, 1, 1, INF, NAN)};
      case LOG -> new Row[] {row(0, 0, NAN, -INF, -INF, INF, NAN)};
      case SQRT -> new Row[] {row(0, 0, NAN, -0.0, 0, INF, NAN)};
      case RECIPROCAL -> new Row[] {row(0, 0, -0.0, -INF, INF, 0, NAN)};
      case POWER ->
          new Row[] {
            row(2, 0, INF, 0, 0, INF, NAN),
            row(3, 0, -INF, -0.0, 0, INF, NAN),
            row(-1, 0, -0.0, -INF, INF, 0, NAN),
            row(0.5, 0, INF, 0, 0, INF, NAN),
            row(0, 0, 1, 1, 1, 1, 1)
          };
      case SIGMOID -> new Row[] {row(0, 0, 0, 0.5, 0.5, 1, NAN)};
      case SWISH -> new Row[] {row(1, 0, 0, -0.0, 0, INF, NAN), row(-2, 0, -INF, -0.0, 0, 0, NAN)};
      case SWISH_SLOPE -> new Row[] {row(1, 0, -0.0, 0.5, 0.5, 1, NAN)};
      case SIGMOID_SLOPE -> new Row[] {row(0, 0, -INF, -0.0, 0, -INF, NAN)};
      case TANH -> new Row[] {row(0, 0, -1, -0.0, 0, 1, NAN)};
      case TANH_SLOPE -> new Row[] {row(0, 0, -INF, 1, 1, -INF, NAN)};
      case SOFTPLUS -> new Row[] {row(0, 0, 0, Math.log(2), Math.log(2), INF, NAN)};
      case LEAKY_RELU ->
          new Row[] {
            row(0, 0, 0, 0, 0, INF, NAN),
            row(-0.0, 0, 0, 0, 0, INF, NAN),
            row(0.25, 0, -INF, -0.0, 0, INF, NAN),
            row(-1, 0, INF, 0, -0.0, INF, NAN)
          };
      case STEP -> new Row[] {row(0, 1, 0, 0, 0, 1, 0), row(0.25, -3, 0.25, 0.25, 0.25, -3, 0.25)};
      case CLAMP ->
          new Row[] {row(-1, 2, -1, -0.0, 0, 2, NAN), row(-INF, INF, -INF, -0.0, 0, INF, NAN)};
      case BETWEEN -> new Row[] {row(-1, 2, 0, 1, 1, 0, 0), row(-INF, INF, 1, 1, 1, 1, 0)};
    };
  }

  @ParameterizedTest
  @EnumSource
  void map(MapFunction f) {
    for (Row row : table(f)) {
      for (int n : LENGTHS) {
        Scene scene = repeated(n, AT);
        double[] y = scene.run(tested, (b, v) -> b.map(f, row.a(), row.b(), v[0], v[1]))[1];
        compare(f + " (" + row.a() + ", " + row.b() + ")", n, AT, row.expected(), y);
      }
    }
  }

  /** What is not positive is 0 with a plus sign, and no NaN becomes 0. */
  @Test
  void reluIsNeverMinusZero() {
    double[] at = {-5, -Float.MIN_VALUE, -Float.MAX_VALUE, -INF, 2, NAN};
    for (int n : LENGTHS) {
      double[] y =
          repeated(n, at).run(tested, (b, v) -> b.map(MapFunction.LEAKY_RELU, 0, 0, v[0], v[1]))[1];
      compare("relu", n, at, new double[] {0, 0, 0, 0, 2, NAN}, y);
    }
  }

  /** A gate that is shut lets nothing through, one that is open everything. */
  @ParameterizedTest
  @ValueSource(
      doubles = {1, -3, 0, -0.0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN})
  void gates(double gradient) {
    double[] at = {-INF, -5, -0.0, 0, 0.5, 5, INF, NAN};
    for (int n : LENGTHS) {
      for (boolean step : new boolean[] {true, false}) {
        double[] expected = new double[at.length];
        for (int i = 0; i < at.length; i++) {
          boolean open = step ? at[i] > 0 : at[i] >= -1 && at[i] <= 1;
          expected[i] = open ? gradient : 0;
        }
        MapFunction f = step ? MapFunction.STEP : MapFunction.BETWEEN;
        Scene scene = repeated(n, at).reals(Layout.plain(n), () -> gradient);
        double a = step ? 0 : -1;
        double[] y = scene.run(tested, (b, v) -> b.mapMultiply(f, a, 1, v[0], v[2], v[1]))[1];
        compare(f + " times " + gradient, n, at, expected, y);
      }
    }
  }

  private static final double[] LEFT = {NAN, 1, -0.0, 0, INF, INF, 0, 0};
  private static final double[] RIGHT = {1, NAN, 0, -0.0, -INF, INF, INF, NAN};

  private static double[] table(ZipFunction f) {
    return switch (f) {
      case ADD -> new double[] {NAN, NAN, 0, 0, NAN, INF, INF, NAN};
      case SUBTRACT -> new double[] {NAN, NAN, -0.0, 0, INF, NAN, -INF, NAN};
      case MULTIPLY -> new double[] {NAN, NAN, -0.0, -0.0, -INF, INF, NAN, NAN};
      case GATE -> new double[] {NAN, NAN, 0, 0, -INF, INF, 0, 0};
      case DIVIDE -> new double[] {NAN, NAN, NAN, NAN, NAN, NAN, 0, NAN};
      case MAXIMUM -> new double[] {NAN, NAN, 0, 0, INF, INF, INF, NAN};
      case MINIMUM -> new double[] {NAN, NAN, -0.0, -0.0, -INF, INF, 0, NAN};
      case GREATER -> new double[] {0, 0, 0, 0, 1, 0, 0, 0};
      case GREATER_EQUAL -> new double[] {0, 0, 1, 1, 1, 1, 0, 0};
      case EQUAL -> new double[] {0, 0, 1, 1, 0, 1, 0, 0};
    };
  }

  @ParameterizedTest
  @EnumSource
  void zip(ZipFunction f) {
    for (int n : LENGTHS) {
      int[] next = {0};
      Scene scene = repeated(n, LEFT).reals(Layout.plain(n), () -> RIGHT[next[0]++ % RIGHT.length]);
      double[] y = scene.run(tested, (b, v) -> b.zip(f, v[0], v[2], v[1]))[1];
      compare(f.name(), n, LEFT, table(f), y);
    }
  }

  /** Operand 0 holds the values again and again, operand 1 is for the result. */
  private static Scene repeated(int n, double[] values) {
    int[] next = {0};
    return new Scene(new SplittableRandom(1))
        .reals(Layout.plain(n), () -> values[next[0]++ % values.length])
        .reals(Layout.plain(n));
  }

  private void compare(String what, int n, double[] at, double[] expected, double[] actual) {
    for (int i = 0; i < n; i++) {
      double right = expected[i % expected.length];
      boolean exact = !Double.isFinite(right) || right == Math.rint(right);
      Closeness.check(
          what + " at " + at[i % at.length] + ", " + n + " elements",
          exact ? Precision.DOUBLE : precision(),
          i,
          right,
          actual[i],
          exact ? bits() : Closeness.relative(precision(), 8));
    }
  }
}
