// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

/**
 * A function of one element {@code x} with up to two constants {@code a} and {@code b}. At
 * infinities, zeros of either sign and NaN all follow IEEE 754 and give what PyTorch gives; where
 * PyTorch's formula is infinity times 0, a function that has a limit there has its limit. NaN stays
 * NaN, but for what only compares: {@link #SIGN}, {@link #STEP} and {@link #BETWEEN} take it as
 * neither larger nor smaller.
 */
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
  /** {@code x^a}; 1 where x is 1 or a is 0, whatever the other. */
  POWER,
  /** {@code 1 / (1 + e^-x)}, without overflow. */
  SIGMOID,
  /** {@code x / (1 + e^(-a x))}: x where it is large, 0 where it is small, and at infinity. */
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
  /**
   * {@code x > 0 ? x : a * x}; a = 0 is the plain rectifier, which gives 0, never -0 and at minus
   * infinity no NaN.
   */
  LEAKY_RELU,
  /** {@code x > 0 ? b : a}; a gate. */
  STEP,
  /** {@code min(max(x, a), b)}; NaN stays NaN. */
  CLAMP,
  /** {@code a <= x <= b ? 1 : 0}; a gate. */
  BETWEEN;

  /**
   * Whether it opens and shuts the way for a gradient: {@link Backend#mapMultiply} gives 0 where a
   * gate is 0, whatever comes, even an infinity or NaN.
   */
  public boolean isGate() {
    return this == STEP || this == BETWEEN;
  }

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
      case POWER -> x == 1 ? 1 : Math.pow(x, a);
      case SIGMOID -> sigmoid(x);
      case SWISH -> swish(x, sigmoid(a * x));
      case SWISH_SLOPE -> swishSlope(a * x);
      case SIGMOID_SLOPE -> x * (1 - x);
      case TANH -> Math.tanh(x);
      case TANH_SLOPE -> (1 - x) * (1 + x);
      case SOFTPLUS -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
      case LEAKY_RELU -> x > 0 ? x : a == 0 && x <= 0 ? 0 : a * x;
      case STEP -> x > 0 ? b : a;
      case CLAMP -> x < a ? a : x > b ? b : x;
      case BETWEEN -> a <= x && x <= b ? 1 : 0;
    };
  }

  private static double swish(double x, double share) {
    return share == 0 ? 0 : x * share;
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
