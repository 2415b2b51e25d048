// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.reference;

import dev.kairos.kernels.AdamStep;
import dev.kairos.kernels.Backend;
import dev.kairos.kernels.BackendInfo;
import dev.kairos.kernels.Buffer;
import dev.kairos.kernels.Conv1dGeometry;
import dev.kairos.kernels.MapFunction;
import dev.kairos.kernels.Precision;
import dev.kairos.kernels.RandomKey;
import dev.kairos.kernels.ReduceFunction;
import dev.kairos.kernels.RowFunction;
import dev.kairos.kernels.SgdStep;
import dev.kairos.kernels.Strided;
import dev.kairos.kernels.ZipFunction;
import dev.kairos.kernels.host.HostDoubles;
import dev.kairos.kernels.host.HostInts;

/**
 * The backend that defines what every primitive computes: its formula in plain loops, in {@code
 * double}, on one thread. Slow on purpose; gradient checks run here, and every other backend is
 * held against it.
 *
 * <p>This class holds the memory and says where each loop is; the loops are by family in the
 * classes whose names begin like its own.
 */
public final class ReferenceBackend implements Backend {
  @Override
  public BackendInfo info() {
    return new BackendInfo("reference", Precision.DOUBLE, 1, "reference", 1);
  }

  @Override
  public Buffer allocate(int length) {
    return new HostDoubles(length);
  }

  @Override
  public Buffer allocateIndices(int length) {
    return new HostInts(length);
  }

  @Override
  public void release(Buffer buffer) {}

  @Override
  public void finish() {}

  @Override
  public void write(Buffer target, int offset, double[] source, int from, int length) {
    System.arraycopy(source, from, HostDoubles.values(target), offset, length);
  }

  @Override
  public void write(Buffer target, int offset, float[] source, int from, int length) {
    double[] values = HostDoubles.values(target);
    for (int i = 0; i < length; i++) {
      values[offset + i] = source[from + i];
    }
  }

  @Override
  public void write(Buffer target, int offset, int[] source, int from, int length) {
    System.arraycopy(source, from, HostInts.values(target), offset, length);
  }

  @Override
  public void read(Buffer source, int offset, double[] target, int from, int length) {
    System.arraycopy(HostDoubles.values(source), offset, target, from, length);
  }

  @Override
  public void read(Buffer source, int offset, float[] target, int from, int length) {
    double[] values = HostDoubles.values(source);
    for (int i = 0; i < length; i++) {
      target[from + i] = (float) values[offset + i];
    }
  }

  @Override
  public void read(Buffer source, int offset, int[] target, int from, int length) {
    System.arraycopy(HostInts.values(source), offset, target, from, length);
  }

  @Override
  public void fill(Strided out, double value) {
    ReferenceElementwise.fill(out, value);
  }

  @Override
  public void copy(Strided in, Strided out) {
    ReferenceElementwise.copy(in, out);
  }

  @Override
  public void accumulate(Strided in, Strided out) {
    ReferenceElementwise.accumulate(in, out);
  }

  @Override
  public void map(MapFunction f, double a, double b, Strided in, Strided out) {
    ReferenceElementwise.map(f, a, b, in, out);
  }

  @Override
  public void mapMultiply(MapFunction f, double a, double b, Strided in, Strided by, Strided out) {
    ReferenceElementwise.mapMultiply(f, a, b, in, by, out);
  }

  @Override
  public void zip(ZipFunction f, Strided left, Strided right, Strided out) {
    ReferenceElementwise.zip(f, left, right, out);
  }

  @Override
  public void reduce(ReduceFunction f, Strided in, Strided out) {
    ReferenceReductions.reduce(f, in, out);
  }

  @Override
  public void rows(RowFunction f, double epsilon, Strided in, Strided out) {
    ReferenceRows.rows(f, epsilon, in, out);
  }

  @Override
  public void layerNorm(double epsilon, Strided in, Strided factor, Strided addend, Strided out) {
    ReferenceRows.layerNorm(epsilon, in, factor, addend, out);
  }

  @Override
  public void rowsGradient(RowFunction f, double epsilon, Strided at, Strided dy, Strided dx) {
    ReferenceRows.rowsGradient(f, epsilon, at, dy, dx);
  }

  @Override
  public void topK(Strided in, int k, Strided out) {
    ReferenceSelections.topK(in, k, out);
  }

  @Override
  public void sortIndices(Strided in, boolean descending, Strided out) {
    ReferenceSelections.sortIndices(in, descending, out);
  }

  @Override
  public void gather(Strided in, Strided indices, Strided out) {
    ReferenceSelections.gather(in, indices, out);
  }

  @Override
  public void scatterAdd(Strided in, Strided indices, Strided out) {
    ReferenceSelections.scatterAdd(in, indices, out);
  }

  @Override
  public void matmul(Strided a, Strided b, boolean accumulate, Strided out) {
    ReferenceContractions.matmul(a, b, accumulate, out);
  }

  @Override
  public void conv1d(Conv1dGeometry g, Strided x, Strided w, Strided out) {
    ReferenceContractions.conv1d(g, x, w, out);
  }

  @Override
  public void conv1dInputGradient(Conv1dGeometry g, Strided dy, Strided w, Strided dx) {
    ReferenceContractions.conv1dInputGradient(g, dy, w, dx);
  }

  @Override
  public void conv1dWeightGradient(Conv1dGeometry g, Strided x, Strided dy, Strided dw) {
    ReferenceContractions.conv1dWeightGradient(g, x, dy, dw);
  }

  @Override
  public void tapSum(Conv1dGeometry g, Strided taps, Strided f, Strided out) {
    ReferenceContractions.tapSum(g, taps, f, out);
  }

  @Override
  public void tapSpread(Conv1dGeometry g, Strided f, Strided dy, Strided dtaps) {
    ReferenceContractions.tapSpread(g, f, dy, dtaps);
  }

  @Override
  public void tapDot(Conv1dGeometry g, Strided taps, Strided dy, Strided df) {
    ReferenceContractions.tapDot(g, taps, dy, df);
  }

  @Override
  public void resample(Strided in, Strided out) {
    ReferenceSelections.resample(in, out);
  }

  @Override
  public void resampleTranspose(Strided in, Strided out) {
    ReferenceSelections.resampleTranspose(in, out);
  }

  @Override
  public void dropout(Strided in, double p, RandomKey key, Strided out) {
    ReferenceElementwise.dropout(in, p, key, out);
  }

  @Override
  public void solve(Strided a, Strided b, Strided out) {
    ReferenceContractions.solve(a, b, out);
  }

  @Override
  public void adam(AdamStep step, Buffer parameter, Buffer gradient, Buffer m, Buffer v) {
    ReferenceUpdates.adam(
        step,
        HostDoubles.values(parameter),
        HostDoubles.values(gradient),
        HostDoubles.values(m),
        HostDoubles.values(v));
  }

  @Override
  public void sgd(SgdStep step, Buffer parameter, Buffer gradient, Buffer velocity) {
    ReferenceUpdates.sgd(
        step,
        HostDoubles.values(parameter),
        HostDoubles.values(gradient),
        HostDoubles.values(velocity));
  }

  @Override
  public void close() {}
}
