// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

import java.util.Optional;

/**
 * A backend that hands everything on to another one. A subclass overrides what it does itself; what
 * {@link Backend} derives from {@link #info} follows what the subclass says there.
 */
public abstract class ForwardingBackend implements Backend {
  private final Backend behind;

  /** In front of a backend, which it closes with itself. */
  protected ForwardingBackend(Backend behind) {
    this.behind = behind;
  }

  @Override
  public BackendInfo info() {
    return behind.info();
  }

  @Override
  public Buffer allocate(int length) {
    return behind.allocate(length);
  }

  @Override
  public Optional<Buffer> over(float[] values) {
    return behind.over(values);
  }

  @Override
  public Buffer allocateIndices(int length) {
    return behind.allocateIndices(length);
  }

  @Override
  public void release(Buffer buffer) {
    behind.release(buffer);
  }

  @Override
  public void leave() {
    behind.leave();
  }

  @Override
  public void finish() {
    behind.finish();
  }

  @Override
  public void write(Buffer target, int offset, double[] source, int from, int length) {
    behind.write(target, offset, source, from, length);
  }

  @Override
  public void write(Buffer target, int offset, float[] source, int from, int length) {
    behind.write(target, offset, source, from, length);
  }

  @Override
  public void write(Buffer target, int offset, int[] source, int from, int length) {
    behind.write(target, offset, source, from, length);
  }

  @Override
  public void read(Buffer source, int offset, double[] target, int from, int length) {
    behind.read(source, offset, target, from, length);
  }

  @Override
  public void read(Buffer source, int offset, float[] target, int from, int length) {
    behind.read(source, offset, target, from, length);
  }

  @Override
  public void read(Buffer source, int offset, int[] target, int from, int length) {
    behind.read(source, offset, target, from, length);
  }

  @Override
  public long multiplyAdds(int rounds) {
    return behind.multiplyAdds(rounds);
  }

  @Override
  public void fill(Strided out, double value) {
    behind.fill(out, value);
  }

  @Override
  public void copy(Strided in, Strided out) {
    behind.copy(in, out);
  }

  @Override
  public void accumulate(Strided in, Strided out) {
    behind.accumulate(in, out);
  }

  @Override
  public void map(MapFunction f, double a, double b, Strided in, Strided out) {
    behind.map(f, a, b, in, out);
  }

  @Override
  public void mapMultiply(MapFunction f, double a, double b, Strided in, Strided by, Strided out) {
    behind.mapMultiply(f, a, b, in, by, out);
  }

  @Override
  public void zip(ZipFunction f, Strided left, Strided right, Strided out) {
    behind.zip(f, left, right, out);
  }

  @Override
  public void reduce(ReduceFunction f, Strided in, Strided out) {
    behind.reduce(f, in, out);
  }

  @Override
  public void rows(RowFunction f, double epsilon, Strided in, Strided out) {
    behind.rows(f, epsilon, in, out);
  }

  @Override
  public void layerNorm(double epsilon, Strided in, Strided factor, Strided addend, Strided out) {
    behind.layerNorm(epsilon, in, factor, addend, out);
  }

  @Override
  public void rowsGradient(RowFunction f, double epsilon, Strided at, Strided dy, Strided dx) {
    behind.rowsGradient(f, epsilon, at, dy, dx);
  }

  @Override
  public void topK(Strided in, int k, Strided out) {
    behind.topK(in, k, out);
  }

  @Override
  public void sortIndices(Strided in, boolean descending, Strided out) {
    behind.sortIndices(in, descending, out);
  }

  @Override
  public void gather(Strided in, Strided indices, Strided out) {
    behind.gather(in, indices, out);
  }

  @Override
  public void scatterAdd(Strided in, Strided indices, Strided out) {
    behind.scatterAdd(in, indices, out);
  }

  @Override
  public void matmul(Strided a, Strided b, boolean accumulate, Strided out) {
    behind.matmul(a, b, accumulate, out);
  }

  @Override
  public void conv1d(Conv1dGeometry g, Strided x, Strided w, Strided out) {
    behind.conv1d(g, x, w, out);
  }

  @Override
  public void conv1dInputGradient(Conv1dGeometry g, Strided dy, Strided w, Strided dx) {
    behind.conv1dInputGradient(g, dy, w, dx);
  }

  @Override
  public void conv1dWeightGradient(Conv1dGeometry g, Strided x, Strided dy, Strided dw) {
    behind.conv1dWeightGradient(g, x, dy, dw);
  }

  @Override
  public void tapSum(Conv1dGeometry g, Strided taps, Strided f, Strided out) {
    behind.tapSum(g, taps, f, out);
  }

  @Override
  public void tapSpread(Conv1dGeometry g, Strided f, Strided dy, Strided dtaps) {
    behind.tapSpread(g, f, dy, dtaps);
  }

  @Override
  public void tapDot(Conv1dGeometry g, Strided taps, Strided dy, Strided df) {
    behind.tapDot(g, taps, dy, df);
  }

  @Override
  public void resample(Strided in, Strided out) {
    behind.resample(in, out);
  }

  @Override
  public void resampleTranspose(Strided in, Strided out) {
    behind.resampleTranspose(in, out);
  }

  @Override
  public void dropout(Strided in, double p, RandomKey key, Strided out) {
    behind.dropout(in, p, key, out);
  }

  @Override
  public void solve(Strided a, Strided b, Strided out) {
    behind.solve(a, b, out);
  }

  @Override
  public void adam(AdamStep step, Buffer parameter, Buffer gradient, Buffer m, Buffer v) {
    behind.adam(step, parameter, gradient, m, v);
  }

  @Override
  public void sgd(SgdStep step, Buffer parameter, Buffer gradient, Buffer velocity) {
    behind.sgd(step, parameter, gradient, velocity);
  }

  @Override
  public void close() {
    behind.close();
  }
}
