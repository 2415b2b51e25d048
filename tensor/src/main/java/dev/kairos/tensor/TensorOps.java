// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.RandomKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * All operations as methods, shared by {@link Tensor}, which evaluates them, and by the tape's
 * variable, which also records them. Code written once against {@code T} runs with and without
 * gradients. Axes may be negative and then count from the end; operands of elementwise operations
 * broadcast.
 *
 * @param <T> the implementing type
 */
public interface TensorOps<T extends TensorOps<T>> {
  /** The sizes of the axes. */
  Shape shape();

  /** The type of the elements. */
  DType dtype();

  /** This, as the implementing type. */
  T self();

  /**
   * Applies an operation.
   *
   * @param inputs its operands, of the same world as this
   */
  T apply(Op op, List<T> inputs);

  /** A plain tensor as an operand beside this one; no gradient flows into it. */
  T constant(Tensor tensor);

  private T unary(Op op) {
    return apply(op, List.of(self()));
  }

  private T binary(Op op, T other) {
    return apply(op, List.of(self(), other));
  }

  // Elementwise

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

  // Reductions

  private static List<Integer> boxed(int[] axes) {
    Integer[] list = new Integer[axes.length];
    Arrays.setAll(list, i -> axes[i]);
    return List.of(list);
  }

  /** The sum over some axes. */
  default T sum(boolean keepDims, int... axes) {
    return unary(new Sum(boxed(axes), keepDims));
  }

  /** The sum of all elements, a scalar. */
  default T sum() {
    return sum(false, allAxes());
  }

  /**
   * The mean over some axes.
   *
   * @throws ShapeException if they have no elements: the mean of nothing is no number
   */
  default T mean(boolean keepDims, int... axes) {
    return mean("mean", keepDims, axes);
  }

  private T mean(String name, boolean keepDims, int... axes) {
    Rules.real(name, this);
    Sum sum = new Sum(boxed(axes), keepDims);
    double count = 1;
    for (int axis : sum.reduced(name, shape())) {
      count *= shape().size(axis);
    }
    if (count == 0) {
      throw new ShapeException(
          name + ": no elements along axes " + Arrays.toString(axes) + " of " + shape());
    }
    return unary(sum).affine(1.0 / count, 0);
  }

  /** The mean of all elements, a scalar. */
  default T mean() {
    return mean(false, allAxes());
  }

  private int[] allAxes() {
    int[] axes = new int[shape().rank()];
    Arrays.setAll(axes, i -> i);
    return axes;
  }

  /** The largest along an axis. */
  default T max(int axis, boolean keepDims) {
    return unary(new Max(axis, keepDims));
  }

  /** The smallest along an axis. */
  default T min(int axis, boolean keepDims) {
    return unary(new Min(axis, keepDims));
  }

  /** The sum over the axes that were repeated to get here from a shape. */
  default T sumTo(Shape target) {
    Rules.real("sumTo", this);
    return shape().equals(target) ? self() : unary(Sum.undoing(target, shape())).reshape(target);
  }

  // Along one axis

  /** Softmax along the last axis. */
  default T softmax() {
    return unary(new Softmax());
  }

  /** Softmax along any axis. */
  default T softmax(int axis) {
    Rules.real("softmax", this);
    int along = shape().axis("softmax", axis);
    return moveAxis(along, -1).softmax().moveAxis(-1, along);
  }

  /**
   * Softmax along the last axis of {@code this + mask}, where a row that sees nothing is 0 and so
   * is its gradient. A plain softmax of minus infinities is not a number, nor is any gradient that
   * passes it.
   *
   * @param mask broadcasts to this: 0 to see, minus infinity to hide
   */
  default T maskedSoftmax(Tensor mask) {
    Rules.real("maskedSoftmax", this);
    return MaskedRows.softmax(self(), mask);
  }

  /** Logarithm of the softmax along the last axis. */
  default T logSoftmax() {
    return unary(new LogSoftmax());
  }

  /** {@code (x - mean) / sqrt(variance + epsilon)} along the last axis. */
  default T normalize(double epsilon) {
    return unary(new Normalize(epsilon));
  }

  /**
   * {@code normalize(x) * weight + bias} along the last axis, for rows of n.
   *
   * @param weight {@code [n]}
   * @param bias {@code [n]}
   */
  default T layerNorm(double epsilon, T weight, T bias) {
    return apply(new LayerNorm(epsilon), List.of(self(), weight, bias));
  }

  /**
   * Rows of unit length: {@code x / (|x| + epsilon)} along the last axis; a row of zeros stays
   * zeros, and its gradient is that of {@code x / epsilon}.
   */
  default T l2Normalize(double epsilon) {
    return unary(new L2Normalize(epsilon));
  }

  /** Positions of the k largest along the last axis, largest first. */
  default T topKIndices(int k) {
    return unary(new TopKIndices(k));
  }

  /** The mean of the k largest along an axis, which goes away; the gradient goes to them alone. */
  default T topKMean(int k, int axis) {
    Rules.real("topKMean", this);
    int along = shape().axis("topKMean", axis);
    if (k < 1 || k > shape().size(along)) {
      throw new ShapeException(
          "topKMean: k must be in [1, %d] for axis %d of %s: %d"
              .formatted(shape().size(along), axis, shape(), k));
    }
    T last = moveAxis(along, -1);
    return last.gather(-1, last.topKIndices(k)).mean(false, -1);
  }

  /**
   * Rows by position: {@code [lead.., n, inner..]} with positions {@code [lead.., m]} (or {@code
   * [m]}, shared) gives {@code [lead.., m, inner..]}.
   */
  default T gather(int axis, T indices) {
    return binary(new Gather(axis), indices);
  }

  /**
   * The transpose of {@link #gather}: rows are added up at their positions along an axis of a size.
   */
  default T scatterAdd(int axis, T indices, int size) {
    return binary(new ScatterAdd(axis, size), indices);
  }

  /** Linear interpolation along an axis to another length, half-pixel centres. */
  default T resample(int axis, int length) {
    return unary(new Resample(axis, length));
  }

  /**
   * The largest of each window over time, {@code [N,T,C]}; padding never wins.
   *
   * @param padding less than the kernel, so that no window is padding alone
   */
  default T maxPool1d(int kernel, int stride, int padding) {
    return windows("maxPool1d", kernel, stride, padding, Double.NEGATIVE_INFINITY).max(2, false);
  }

  /**
   * The mean of each window over time, {@code [N,T,C]}; padding counts as zeros.
   *
   * @param padding less than the kernel, so that no window is padding alone
   */
  default T avgPool1d(int kernel, int stride, int padding) {
    return windows("avgPool1d", kernel, stride, padding, 0).mean(false, 2);
  }

  private T windows(String name, int kernel, int stride, int padding, double value) {
    Supplier<String> where = () -> "input " + shape() + " (N,T,C)";
    Rules.real(name, this);
    Rules.rank(name, "input (N,T,C)", where, new TensorSpec(shape(), dtype()), 3);
    if (padding < 0 || padding >= kernel || stride < 1 || shape().size(1) < 1) {
      throw new ShapeException(
          name
              + ": needs 0 <= padding < kernel, stride >= 1 and a step of time: padding "
              + padding
              + ", kernel "
              + kernel
              + ", stride "
              + stride
              + ", "
              + where.get());
    }
    long padded = shape().size(1) + 2L * padding;
    Rules.fits(name, where, shape(), 1, padded);
    if (kernel > padded) {
      throw new ShapeException(
          name
              + ": the kernel does not fit the padded input: kernel "
              + kernel
              + " > "
              + padded
              + ", padding "
              + padding
              + ", "
              + where.get());
    }
    return pad(1, padding, padding, value).unfold(1, kernel, stride);
  }

  // Contractions

  /** Matrix product {@code [..,M,K] x [..,K,N]}; leading axes broadcast. */
  default T matmul(T other) {
    return product(List.of(other));
  }

  /** Matrix product plus what broadcasts to it, such as a bias {@code [N]}. */
  default T matmul(T other, T addend) {
    return product(List.of(other, addend));
  }

  /** With one matrix for a whole batch, the batch is more rows, and its gradient one product. */
  private T product(List<T> others) {
    int rank = shape().rank();
    Shape right = others.get(0).shape();
    boolean flat =
        rank > 2
            && right.rank() == 2
            && right.size(0) == shape().size(-1)
            && dtype().isReal()
            && (others.size() == 1 || others.get(1).shape().equals(right.slice(1, 2)));
    List<T> all = new ArrayList<>(others);
    if (!flat) {
      all.add(0, self());
      return apply(new Matmul(), List.copyOf(all));
    }
    Shape rows = shape().slice(0, rank - 1);
    all.add(0, reshape(rows.count(), shape().size(-1)));
    return apply(new Matmul(), List.copyOf(all)).reshape(rows.then(Shape.of(right.size(1))));
  }

  /** Convolution over time: {@code [N,T,C]} with weight {@code [K,C,O]} gives {@code [N,T',O]}. */
  default T conv1d(T weight, int stride, int padding, int dilation) {
    return binary(new Conv1d(stride, padding, dilation), weight);
  }

  /** Convolution over time with a bias {@code [O]}. */
  default T conv1d(T weight, T bias, int stride, int padding, int dilation) {
    return apply(new Conv1d(stride, padding, dilation), List.of(self(), weight, bias));
  }

  /**
   * Convolution over time of M rescaled copies of one input, from what each tap gives: this is
   * {@code [K,N,T,O]}, the input times the weight of each tap.
   *
   * @param factors of the steps, {@code [M,N,T]}
   * @return {@code [M,N,T',O]}, for each m the convolution of the input times {@code factors[m]}
   */
  default T tapSum(T factors, int stride, int padding, int dilation) {
    return binary(new TapSum(stride, padding, dilation), factors);
  }

  /** The same with a bias {@code [O]}. */
  default T tapSum(T factors, T bias, int stride, int padding, int dilation) {
    return apply(new TapSum(stride, padding, dilation), List.of(self(), factors, bias));
  }

  /** The X of {@code this X = right} for small square systems {@code [B,n,n]}, {@code [B,n,m]}. */
  default T solve(T right) {
    return binary(new Solve(), right);
  }

  // Arrangement

  /** The same elements under another shape; one size may be -1 and follows from the others. */
  default T reshape(int... sizes) {
    return reshape(Reshape.filled(shape(), sizes));
  }

  /** The same elements under another shape. */
  default T reshape(Shape target) {
    return shape().equals(target) ? self() : unary(new Reshape(target));
  }

  /** The axes in another order: axis i of the result is axis {@code order[i]} of this. */
  default T permute(int... order) {
    return unary(new Permute(boxed(order)));
  }

  /** Two axes exchanged. */
  default T transpose(int first, int second) {
    int[] order = allAxes();
    int one = shape().axis("transpose", first);
    int other = shape().axis("transpose", second);
    order[one] = other;
    order[other] = one;
    return permute(order);
  }

  /** One axis moved to another place, the others keeping their order. */
  default T moveAxis(int from, int to) {
    int source = shape().axis("moveAxis", from);
    int target = shape().axis("moveAxis", to);
    if (source == target) {
      return self();
    }
    List<Integer> order = new ArrayList<>(Arrays.stream(allAxes()).boxed().toList());
    order.remove(source);
    order.add(target, source);
    return unary(new Permute(List.copyOf(order)));
  }

  /** Repeated to a larger shape, as a view. */
  default T broadcastTo(Shape target) {
    return shape().equals(target) ? self() : unary(new BroadcastTo(target));
  }

  /** The stretch {@code [start, start + length)} of an axis. */
  default T narrow(int axis, int start, int length) {
    return unary(new Narrow(axis, start, length));
  }

  /**
   * One position of an axis, which goes away.
   *
   * @param position counted from 0; unlike axes, positions do not count from the end
   */
  default T select(int axis, int position) {
    int along = shape().axis("select", axis);
    if (position < 0 || position >= shape().size(along)) {
      throw new ShapeException(
          "select: position %d is outside [0, %d), axis %d of %s"
              .formatted(position, shape().size(along), axis, shape()));
    }
    return narrow(along, position, 1).reshape(shape().remove(along));
  }

  /** An axis made longer with a constant on either side. */
  default T pad(int axis, int before, int after, double value) {
    shape().axis("pad", axis);
    return before == 0 && after == 0 ? self() : unary(new Pad(axis, before, after, value));
  }

  /** Joined with others along an axis, this first. */
  default T concat(int axis, List<T> others) {
    List<T> all = new ArrayList<>(others.size() + 1);
    all.add(self());
    all.addAll(others);
    return apply(new Concat(axis), List.copyOf(all));
  }

  /** Windows along an axis: {@code [n]} becomes {@code [count, size]}, as a view. */
  default T unfold(int axis, int size, int step) {
    return unary(new Unfold(axis, size, step));
  }

  /** The transpose of {@link #unfold}: windows added up on an axis of a length. */
  default T fold(int axis, int step, int length) {
    return unary(new Fold(axis, step, length));
  }

  /** The same elements in rows without gaps. */
  default T contiguous() {
    return unary(new Contiguous());
  }
}
