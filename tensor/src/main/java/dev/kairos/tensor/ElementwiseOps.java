// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.RandomKey;
import java.util.List;

/**
 * The elementwise operations of {@link TensorOps}: arithmetic, comparisons, functions and dropout.
 *
 * @param <T> the implementing type
 */
public sealed interface ElementwiseOps<T extends TensorOps<T>> extends Operand<T>
    permits TensorOps {
  private T unary(Op op) {
    return apply(op, List.of(self()));
  }

  private T binary(Op op, T other) {
    return apply(op, List.of(self(), other));
  }

  /** {@code this + other}. */
  default T add(T other) {
    return binary(new Add(), other);
  }

  /** {@code this + value}. */
  default T add(double value) {
    Rules.real("add", this);
    return affine(1, value);
  }

  /** {@code this - other}. */
  default T subtract(T other) {
    return binary(new Subtract(), other);
  }

  /** {@code this * other}, element by element. */
  default T multiply(T other) {
    return binary(new Multiply(), other);
  }

  /** {@code this * value}. */
  default T multiply(double value) {
    Rules.real("multiply", this);
    return affine(value, 0);
  }

  /** {@code this / other}, element by element. */
  default T divide(T other) {
    return binary(new Divide(), other);
  }

  /** The larger of both. */
  default T maximum(T other) {
    return binary(new Maximum(), other);
  }

  /** The smaller of both. */
  default T minimum(T other) {
    return binary(new Minimum(), other);
  }

  /** 1 where {@code this > other}, else 0. */
  default T greater(T other) {
    return binary(new Greater(), other);
  }

  /** 1 where {@code this >= other}, else 0. */
  default T greaterEqual(T other) {
    return binary(new GreaterEqual(), other);
  }

  /** 1 where both are equal, else 0. */
  default T equalTo(T other) {
    return binary(new Equal(), other);
  }

  /**
   * This where a condition holds, else other; all three broadcast. Where it does not hold, an
   * element counts nothing: neither it nor its gradient passes, be it NaN or infinite.
   *
   * <p>The same as {@code condition ? this : other}, as PyTorch's {@code x.where(condition, other)}
   * and NumPy's {@code where(condition, x, other)}.
   *
   * @param condition reals: 0 is false, everything else true
   */
  default T where(T condition, T other) {
    Rules.real("where", this);
    return Choice.where(condition, self(), other);
  }

  /** {@code scale * x + shift}. */
  default T affine(double scale, double shift) {
    return unary(new Affine(scale, shift));
  }

  /** {@code -x}. */
  default T negate() {
    Rules.real("negate", this);
    return affine(-1, 0);
  }

  /** {@code |x|}, with slope 0 at 0. */
  default T abs() {
    return unary(new Abs());
  }

  /** The sign: -1, 0 or 1. */
  default T sign() {
    return unary(new Sign());
  }

  /** {@code e^x}. */
  default T exp() {
    return unary(new Exp());
  }

  /** Natural logarithm. */
  default T log() {
    return unary(new Log());
  }

  /** Square root. */
  default T sqrt() {
    return unary(new Sqrt());
  }

  /** {@code x * x}. */
  default T square() {
    Rules.real("square", this);
    return multiply(self());
  }

  /** {@code x^exponent}. */
  default T pow(double exponent) {
    return unary(new Pow(exponent));
  }

  /** {@code 1 / x}. */
  default T reciprocal() {
    return unary(new Reciprocal());
  }

  /** x kept in [low, high]; use an infinity for an open side. */
  default T clamp(double low, double high) {
    return unary(new Clamp(low, high));
  }

  /** 1 where {@code low <= x <= high}, else 0. */
  default T between(double low, double high) {
    return unary(new Between(low, high));
  }

  /** {@code x > 0 ? above : below}. */
  default T step(double below, double above) {
    return unary(new Step(below, above));
  }

  /** {@code max(x, 0)}. */
  default T relu() {
    Rules.real("relu", this);
    return leakyRelu(0);
  }

  /** {@code x > 0 ? x : slope * x}. */
  default T leakyRelu(double slope) {
    return unary(new LeakyRelu(slope));
  }

  /** {@code 1 / (1 + e^-x)}. */
  default T sigmoid() {
    return unary(new Sigmoid());
  }

  /** {@code x / (1 + e^(-a x))}; with a = 1.702 close to the Gaussian error linear unit. */
  default T swish(double a) {
    return unary(new Swish(a));
  }

  /** Hyperbolic tangent. */
  default T tanh() {
    return unary(new Tanh());
  }

  /** {@code log(1 + e^x)}. */
  default T softplus() {
    return unary(new Softplus());
  }

  /** Inverted dropout with a mask that depends on the key alone. */
  default T dropout(double p, RandomKey key) {
    return unary(new Dropout(p, key));
  }
}
