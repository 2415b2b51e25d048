// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

/** A function of one element {@code x} with up to two constants {@code a} and {@code b}. */
public enum MapFunction {
  /** {@code a * x + b}. */
  AFFINE,
  /** {@code |x|}. */
  ABS,
  /** {@code -1, 0, 1} by the sign of x. */
  SIGN,
  /** {@code e^x}. */
  EXP,
  /** Natural logarithm. */
  LOG,
  /** Square root. */
  SQRT,
  /** {@code 1 / x}. */
  RECIPROCAL,
  /** {@code x^a}. */
  POWER,
  /** {@code 1 / (1 + e^-x)}, without overflow. */
  SIGMOID,
  /** {@code x / (1 + e^(-a x))}: x where it is large, 0 where it is small. */
  SWISH,
  /** The slope of {@link #SWISH} at x. */
  SWISH_SLOPE,
  /** {@code x (1 - x)}: the slope of {@link #SIGMOID} where its value is x. */
  SIGMOID_SLOPE,
  /** Hyperbolic tangent. */
  TANH,
  /** {@code (1 - x) (1 + x)}: the slope of {@link #TANH} where its value is x. */
  TANH_SLOPE,
  /** {@code log(1 + e^x)}, without overflow. */
  SOFTPLUS,
  /** {@code x > 0 ? x : a * x}; a = 0 is the plain rectifier. */
  LEAKY_RELU,
  /** {@code x > 0 ? b : a}. */
  STEP,
  /** {@code min(max(x, a), b)}; NaN stays NaN. */
  CLAMP,
  /** {@code a <= x <= b ? 1 : 0}. */
  BETWEEN;

  /** The function in double precision: its definition. */
  public double apply(double x, double a, double b) {
    return switch (this) {
      case AFFINE -> a * x + b;
      case ABS -> Math.abs(x);
      case SIGN -> x > 0 ? 1 : x < 0 ? -1 : 0;
      case EXP -> Math.exp(x);
      case LOG -> Math.log(x);
      case SQRT -> Math.sqrt(x);
      case RECIPROCAL -> 1 / x;
      case POWER -> Math.pow(x, a);
      case SIGMOID -> sigmoid(x);
      case SWISH -> x * sigmoid(a * x);
      case SWISH_SLOPE -> swishSlope(a * x);
      case SIGMOID_SLOPE -> x * (1 - x);
      case TANH -> Math.tanh(x);
      case TANH_SLOPE -> (1 - x) * (1 + x);
      case SOFTPLUS -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
      case LEAKY_RELU -> x > 0 ? x : a * x;
      case STEP -> x > 0 ? b : a;
      case CLAMP -> x < a ? a : x > b ? b : x;
      case BETWEEN -> a <= x && x <= b ? 1 : 0;
    };
  }

  private static double swishSlope(double x) {
    // Beyond 1000 the product below is 0, but not where x is infinite.
    double near = Math.max(-1000, Math.min(1000, x));
    return sigmoid(x) * (1 + near * sigmoid(-near));
  }

  private static double sigmoid(double x) {
    return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
  }
}
