// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import dev.kairos.kernels.MapFunction;
import dev.kairos.kernels.ReduceFunction;
import dev.kairos.kernels.ZipFunction;
import java.util.ArrayList;
import java.util.List;

/**
 * The kernels of functions of elements, one set for each function of the operation table: a
 * function that has no expression here does not compile.
 */
final class ElementwiseSource {
  private static final String HELPERS =
      KernelSource.resource("common.cl") + KernelSource.resource("elementwise.cl");

  private ElementwiseSource() {}

  /** Of x with constants a and b. */
  private static String expression(MapFunction f) {
    return switch (f) {
      case AFFINE -> "a * x + b";
      case ABS -> "fabs(x)";
      case SIGN -> "x > 0.0f ? 1.0f : x < 0.0f ? -1.0f : 0.0f";
      case EXP -> "exp(x)";
      case LOG -> "log(x)";
      case SQRT -> "sqrt(x)";
      case RECIPROCAL -> "1.0f / x";
      case POWER -> "power_of(x, a)";
      case SIGMOID -> "sigmoid_of(x)";
      case SWISH -> "swish_of(x, a)";
      case SWISH_SLOPE -> "swish_slope_of(a * x)";
      case SIGMOID_SLOPE -> "x * (1.0f - x)";
      case TANH -> "tanh_of(x)";
      case TANH_SLOPE -> "(1.0f - x) * (1.0f + x)";
      case SOFTPLUS -> "(x > 0.0f ? x : 0.0f) + log1p(exp(-fabs(x)))";
      case LEAKY_RELU -> "x > 0.0f ? x : a == 0.0f && x <= 0.0f ? 0.0f : a * x";
      case STEP -> "x > 0.0f ? b : a";
      case CLAMP -> "x < a ? a : x > b ? b : x";
      case BETWEEN -> "a <= x && x <= b ? 1.0f : 0.0f";
    };
  }

  /** Of x and y. */
  private static String expression(ZipFunction f) {
    return switch (f) {
      case ADD -> "x + y";
      case SUBTRACT -> "x - y";
      case MULTIPLY -> "x * y";
      case GATE -> "gated(x, y)";
      case DIVIDE -> "x / y";
      case MAXIMUM -> "larger_of(x, y)";
      case MINIMUM -> "smaller_of(x, y)";
      case GREATER -> "x > y ? 1.0f : 0.0f";
      case GREATER_EQUAL -> "x >= y ? 1.0f : 0.0f";
      case EQUAL -> "x == y ? 1.0f : 0.0f";
    };
  }

  /** Of what was joined so far, a, and the next term b. */
  private static String expression(ReduceFunction f) {
    return switch (f) {
      case SUM -> "a + b";
      case MAX -> "larger_of(a, b)";
      case MIN -> "smaller_of(a, b)";
    };
  }

  /** What no terms give. */
  private static String identity(ReduceFunction f) {
    return switch (f) {
      case SUM -> "0.0f";
      case MAX -> "-INFINITY";
      case MIN -> "INFINITY";
    };
  }

  /** Maps, and products of maps. */
  static KernelUnit unit(MapFunction f) {
    String name = f.name();
    return new KernelUnit(
        HELPERS
            + KernelSource.resource("map.cl")
                .replace("EXPRESSION", expression(f))
                .replace("NAME", name)
                .replace("TIMES(", f.isGate() ? "gated(" : "multiplied("),
        kernels("map_" + name, "times_" + name));
  }

  static KernelUnit unit(ZipFunction f) {
    return new KernelUnit(
        HELPERS
            + KernelSource.resource("zip.cl")
                .replace("EXPRESSION", expression(f))
                .replace("NAME", f.name()),
        kernels("zip_" + f.name()));
  }

  static KernelUnit unit(ReduceFunction f) {
    return new KernelUnit(
        HELPERS
            + KernelSource.resource("reduce.cl")
                .replace("EXPRESSION", expression(f))
                .replace("IDENTITY", identity(f))
                .replace("NAME", f.name()),
        List.of("reduce_" + f.name()));
  }

  /** Each for any views, for flat ones and for rows. */
  private static List<String> kernels(String... names) {
    List<String> all = new ArrayList<>();
    for (String name : names) {
      all.addAll(List.of(name, name + "_flat", name + "_rows"));
    }
    return all;
  }
}
