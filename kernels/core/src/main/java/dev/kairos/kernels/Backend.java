// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

import java.util.Optional;

/**
 * A set of primitive operations on buffers of numbers, and the owner of those buffers. Everything
 * that computes goes through here; nothing above sees an element on the hot path.
 *
 * <p>The methods without a body are what a device must have: its memory, copies in and out, a way
 * to wait, and the primitives that others are composed of. The rest are defaults written with
 * those, in buffers that they give back; a backend overrides them where a loop of its own pays.
 *
 * <p>Rules for every primitive, unless it says otherwise:
 *
 * <ul>
 *   <li>Inputs may be any view, with repeated (stride 0) or overlapping elements. Outputs must not
 *       repeat elements, and share no element with an input unless both are the very same view of
 *       an elementwise primitive.
 *   <li>The caller has checked the sizes; a backend may assert them.
 *   <li>The same call on the same numbers gives the same bits, however often it is made. A backend
 *       on the host promises more: it adds in the order that a primitive names, whatever the number
 *       of threads.
 *   <li>A call may return before a device has finished; {@link #read} and {@link #finish} wait.
 * </ul>
 *
 * <p>The backend called {@code reference} is the definition of right. A backend is used by one
 * thread at a time.
 */
public interface Backend extends AutoCloseable {
  /** What it is. */
  BackendInfo info();

  /** The name users type. */
  default String name() {
    return info().name();
  }

  /** What the elements are. */
  default Precision precision() {
    return info().precision();
  }

  /** Elements that one instruction handles; 1 for scalar code. */
  default int lanes() {
    return info().lanes();
  }

  /** The group of loops that computes; see {@link BackendInfo}. */
  default String arithmetic() {
    return info().arithmetic();
  }

  /** Threads it may use. */
  default int threads() {
    return info().threads();
  }

  /** Reals, with any content. */
  Buffer allocate(int length);

  /** Whole numbers, with any content. */
  Buffer allocateIndices(int length);

  /**
   * A buffer to read from over an array of the caller, which nobody changes from now on; empty
   * where the elements must be copied, as on a device. It is not given back.
   */
  default Optional<Buffer> over(float[] values) {
    return Optional.empty();
  }

  /**
   * Gives a buffer back, which may not be used again. A device frees the memory at once; on the
   * host the collector takes it.
   */
  void release(Buffer buffer);

  /**
   * The calling thread is done with this backend, at least for now: what is kept for that thread
   * alone is let go, so that nothing of Kairos stays behind in threads of other programs.
   */
  default void leave() {}

  /** Waits until all calls made so far are done; on the host they are. */
  void finish();

  /** Copies reals in, converting to the backend's precision. */
  void write(Buffer target, int offset, double[] source, int from, int length);

  /** Copies reals in, converting to the backend's precision. */
  default void write(Buffer target, int offset, float[] source, int from, int length) {
    double[] wide = new double[length];
    for (int i = 0; i < length; i++) {
      wide[i] = source[from + i];
    }
    write(target, offset, wide, 0, length);
  }

  /** Copies whole numbers in. */
  void write(Buffer target, int offset, int[] source, int from, int length);

  /** Copies reals out. */
  void read(Buffer source, int offset, double[] target, int from, int length);

  /** Copies reals out, rounding to single precision. */
  default void read(Buffer source, int offset, float[] target, int from, int length) {
    double[] wide = new double[length];
    read(source, offset, wide, 0, length);
    for (int i = 0; i < length; i++) {
      target[from + i] = (float) wide[i];
    }
  }

  /** Copies whole numbers out. */
  void read(Buffer source, int offset, int[] target, int from, int length);

  /**
   * Multiplies and adds in registers, in one thread: no other primitive can be faster.
   *
   * @param rounds how often; a round takes some nanoseconds
   * @return floating-point operations done; 0 where this cannot be known
   */
  default long multiplyAdds(int rounds) {
    return 0;
  }

  /** {@code out = value}. */
  void fill(Strided out, double value);

  /** {@code out = in}, of equal sizes; reals or indices. */
  void copy(Strided in, Strided out);

  /**
   * {@code out += in}, of equal sizes. The output may repeat elements: all that fall on one element
   * are added to it in index order.
   */
  default void accumulate(Strided in, Strided out) {
    ComposedElementwise.accumulate(this, in, out);
  }

  /** {@code out = f(in; a, b)}, of equal sizes. */
  void map(MapFunction f, double a, double b, Strided in, Strided out);

  /**
   * {@code out = f(in; a, b) * by}, of equal sizes: derivative factors of the backward pass, and
   * gating. Where f is a gate and shut, {@code out} is 0 whatever {@code by} is ({@link
   * ZipFunction#GATE}).
   */
  default void mapMultiply(MapFunction f, double a, double b, Strided in, Strided by, Strided out) {
    ComposedElementwise.mapMultiply(this, f, a, b, in, by, out);
  }

  /** {@code out = f(left, right)}, of equal sizes (broadcasting is a stride of 0). */
  void zip(ZipFunction f, Strided left, Strided right, Strided out);

  /**
   * Reduces the trailing axes.
   *
   * @param in any view; its first {@code out.rank()} axes are kept, the others reduced
   * @param out the kept axes
   */
  void reduce(ReduceFunction f, Strided in, Strided out);

  /** {@code out = f(in)} for each row along the last axis. */
  default void rows(RowFunction f, double epsilon, Strided in, Strided out) {
    ComposedRows.rows(this, f, epsilon, in, out);
  }

  /**
   * {@code out = normalize(in) * factor + addend} for each row along the last axis, rounded after
   * the product.
   *
   * @param factor {@code [n]}, stride 1
   * @param addend {@code [n]}, stride 1
   * @param out shares no element with factor and addend
   */
  default void layerNorm(double epsilon, Strided in, Strided factor, Strided addend, Strided out) {
    ComposedRows.layerNorm(this, epsilon, in, factor, addend, out);
  }

  /**
   * The gradient of {@link #rows} with respect to its input, for each row along the last axis:
   *
   * <ul>
   *   <li>{@code y (dy - sum dy y)} of a softmax;
   *   <li>{@code dy - e^y sum dy} of its logarithm;
   *   <li>{@code (dy - mean dy - d mean(dy d) / s^2) / s} of a normalisation, with {@code d = x -
   *       mean x} and {@code s = sqrt(mean d^2 + epsilon)};
   *   <li>{@code (dy - x sum(dy x) / (|x| s)) / s} of {@code L2_NORMALIZE}, with {@code s = |x| +
   *       epsilon}; {@code dy / epsilon} where x is 0, and 0 where epsilon is 0 too.
   * </ul>
   *
   * @param at x, or y where {@link RowFunction#slopeAtResult}
   * @param dx shares no element with the others
   */
  default void rowsGradient(RowFunction f, double epsilon, Strided at, Strided dy, Strided dx) {
    ComposedRows.gradient(this, f, epsilon, at, dy, dx);
  }

  /**
   * The positions of the k largest along the last axis, largest first, lower position first among
   * equals; NaN counts as largest.
   *
   * @param in {@code [.., n]}
   * @param out indices {@code [.., k]}, 1 &lt;= k &lt;= n
   */
  void topK(Strided in, int k, Strided out);

  /**
   * The positions of the elements along the last axis in their order, lower position first among
   * equals; NaN counts as largest. The default computes on the host.
   *
   * @param in {@code [.., n]}
   * @param descending whether the largest comes first
   * @param out indices {@code [.., n]}
   */
  default void sortIndices(Strided in, boolean descending, Strided out) {
    ComposedSelections.sortIndices(this, in, descending, out);
  }

  /**
   * Rows by number: {@code out[a, j, c] = in[a, indices[a, j], c]}.
   *
   * @param in {@code [outer, n, inner]}
   * @param indices {@code [outer, m]}, each in [0, n)
   * @param out {@code [outer, m, inner]}
   */
  void gather(Strided in, Strided indices, Strided out);

  /**
   * The transpose of {@link #gather}: {@code out[a, indices[a, j], c] += in[a, j, c]}, in the order
   * of j.
   *
   * @param in {@code [outer, m, inner]}
   * @param indices {@code [outer, m]}, each in [0, n)
   * @param out {@code [outer, n, inner]}
   */
  void scatterAdd(Strided in, Strided indices, Strided out);

  /**
   * Batched matrix product {@code out = a b}, or {@code out += a b}. Each element adds its products
   * in the order of k; in single precision in runs, whose sums are added in order, so that a long
   * product keeps its digits.
   *
   * @param a {@code [batch.., M, K]}, rows may overlap
   * @param b {@code [batch.., K, N]}
   * @param accumulate whether to add to what is there
   * @param out {@code [batch.., M, N]}, the last stride 1
   */
  void matmul(Strided a, Strided b, boolean accumulate, Strided out);

  /**
   * Convolution over time (see {@link Conv1dGeometry}), added to what is there.
   *
   * @param x {@code [N,T,Cin]}, contiguous
   * @param w {@code [K,Cin,Cout]}, contiguous
   * @param out {@code [N,Tout,Cout]}, contiguous
   */
  default void conv1d(Conv1dGeometry g, Strided x, Strided w, Strided out) {
    ComposedConv1d.forward(this, g, x, w, out);
  }

  /**
   * The gradient of {@link #conv1d} with respect to its input, added to what is there.
   *
   * @param dy {@code [N,Tout,Cout]}, contiguous
   * @param w {@code [K,Cin,Cout]}, contiguous
   * @param dx {@code [N,T,Cin]}, contiguous
   */
  default void conv1dInputGradient(Conv1dGeometry g, Strided dy, Strided w, Strided dx) {
    ComposedConv1d.inputGradient(this, g, dy, w, dx);
  }

  /**
   * The gradient of {@link #conv1d} with respect to its weight, added to what is there.
   *
   * @param x {@code [N,T,Cin]}, contiguous
   * @param dy {@code [N,Tout,Cout]}, contiguous
   * @param dw {@code [K,Cin,Cout]}, contiguous
   */
  default void conv1dWeightGradient(Conv1dGeometry g, Strided x, Strided dy, Strided dw) {
    ComposedConv1d.weightGradient(this, g, x, dy, dw);
  }

  /**
   * Convolution over time of M rescaled copies of one input, from what each tap gives: added to
   * what is there, in the order of k, {@code out[m,n,t,o] += sum_k f[m,n,s] taps[k,n,s,o]} with
   * {@code s = g.inputStep(t, k)} where that is inside.
   *
   * @param taps {@code [K,N,T,Cout]}, contiguous: each step times the weight of each tap
   * @param f factors of the steps {@code [M,N,T]}, contiguous
   * @param out {@code [M,N,Tout,Cout]}, contiguous
   */
  default void tapSum(Conv1dGeometry g, Strided taps, Strided f, Strided out) {
    ComposedTaps.sum(this, g, taps, f, out);
  }

  /**
   * The gradient of {@link #tapSum} with respect to the taps, {@code dtaps[k,n,s,o] = sum_m
   * f[m,n,s] dy[m,n,t,o]}; 0 where tap k of no output step reads step s.
   *
   * @param f {@code [M,N,T]}, contiguous
   * @param dy {@code [M,N,Tout,Cout]}, contiguous
   * @param dtaps {@code [K,N,T,Cout]}, contiguous
   */
  default void tapSpread(Conv1dGeometry g, Strided f, Strided dy, Strided dtaps) {
    ComposedTaps.spread(this, g, f, dy, dtaps);
  }

  /**
   * The gradient of {@link #tapSum} with respect to the factors of the steps, {@code df[m,n,s] =
   * sum_k sum_o taps[k,n,s,o] dy[m,n,t,o]}.
   *
   * @param taps {@code [K,N,T,Cout]}, contiguous
   * @param dy {@code [M,N,Tout,Cout]}, contiguous
   * @param df {@code [M,N,T]}, contiguous
   */
  default void tapDot(Conv1dGeometry g, Strided taps, Strided dy, Strided df) {
    ComposedTaps.dot(this, g, taps, dy, df);
  }

  /**
   * Linear interpolation along the middle axis, half-pixel centres: row {@code i} of {@code T'}
   * reads at {@code (i + 0.5) T / T' - 0.5}, clamped to [0, T-1].
   *
   * @param in {@code [outer, T, inner]}
   * @param out {@code [outer, T', inner]}
   */
  default void resample(Strided in, Strided out) {
    ComposedSelections.resample(this, in, out);
  }

  /**
   * The transpose of {@link #resample}, added to what is there.
   *
   * @param in {@code [outer, T', inner]}
   * @param out {@code [outer, T, inner]}
   */
  default void resampleTranspose(Strided in, Strided out) {
    ComposedSelections.resampleTranspose(this, in, out);
  }

  /**
   * Inverted dropout: {@code out = u < p ? 0 : in / (1 - p)}, where u is number i of the key for
   * the i-th element in row order.
   */
  void dropout(Strided in, double p, RandomKey key, Strided out);

  /**
   * Solves {@code a x = b} for each batch by LU with partial pivoting, in double precision. A
   * matrix with NaN or infinities gives NaN. The default computes on the host.
   *
   * @param a {@code [batch, n, n]}
   * @param b {@code [batch, n, m]}
   * @param out {@code [batch, n, m]}
   * @throws SingularMatrixException if a column of a matrix is, within rounding, a sum of multiples
   *     of those before it; names the first such matrix. The result then holds anything. A device
   *     may find out later: then the next {@link #read} or {@link #finish} throws it.
   */
  default void solve(Strided a, Strided b, Strided out) {
    ComposedSelections.solve(this, a, b, out);
  }

  /** One Adam update in place; the others at least as long as the parameter. */
  default void adam(AdamStep step, Buffer parameter, Buffer gradient, Buffer m, Buffer v) {
    ComposedElementwise.adam(this, step, parameter, gradient, m, v);
  }

  /** One gradient-descent update in place; the others at least as long as the parameter. */
  default void sgd(SgdStep step, Buffer parameter, Buffer gradient, Buffer velocity) {
    ComposedElementwise.sgd(this, step, parameter, gradient, velocity);
  }

  /** Ends the threads and frees the device, with every buffer. */
  @Override
  void close();
}
