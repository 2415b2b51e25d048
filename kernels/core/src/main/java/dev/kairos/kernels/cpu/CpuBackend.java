// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.cpu;

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
import dev.kairos.kernels.host.HostFloats;
import dev.kairos.kernels.host.HostInts;
import java.util.Optional;

/**
 * The single-precision backend on the host: splits each primitive into blocks, shares them among
 * threads and leaves the innermost loops to a {@link FloatLoops}.
 */
public final class CpuBackend implements Backend {
  private final String name;
  private final FloatLoops loops;
  private final WorkerPool pool;
  private final Elementwise elementwise;
  private final Contractions contractions;
  private final Reductions reductions;
  private final Taps taps;
  private final Rows rows;
  private final Selections selections;
  private final SmallSystems systems;

  /**
   * A backend.
   *
   * @param name the name users type
   * @param loops the innermost loops
   * @param threads how many threads to use, at least 1
   */
  public CpuBackend(String name, FloatLoops loops, int threads) {
    this.name = name;
    this.loops = loops;
    this.pool = new WorkerPool(threads);
    this.elementwise = new Elementwise(loops, pool);
    this.contractions = new Contractions(loops, pool);
    this.reductions = new Reductions(loops, pool);
    this.taps = new Taps(loops, pool);
    this.rows = new Rows(loops, pool);
    this.selections = new Selections(loops, pool);
    this.systems = new SmallSystems(pool);
  }

  @Override
  public BackendInfo info() {
    return new BackendInfo(
        name, Precision.FLOAT, loops.lanes(), loops.arithmetic(), pool.threads());
  }

  @Override
  public long multiplyAdds(int rounds) {
    return loops.multiplyAdds(rounds);
  }

  @Override
  public Buffer allocate(int length) {
    return new HostFloats(length);
  }

  @Override
  public Optional<Buffer> over(float[] values) {
    return Optional.of(new HostFloats(values));
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
    float[] values = HostFloats.values(target);
    for (int i = 0; i < length; i++) {
      values[offset + i] = (float) source[from + i];
    }
  }

  @Override
  public void write(Buffer target, int offset, float[] source, int from, int length) {
    System.arraycopy(source, from, HostFloats.values(target), offset, length);
  }

  @Override
  public void write(Buffer target, int offset, int[] source, int from, int length) {
    System.arraycopy(source, from, HostInts.values(target), offset, length);
  }

  @Override
  public void read(Buffer source, int offset, double[] target, int from, int length) {
    float[] values = HostFloats.values(source);
    for (int i = 0; i < length; i++) {
      target[from + i] = values[offset + i];
    }
  }

  @Override
  public void read(Buffer source, int offset, float[] target, int from, int length) {
    System.arraycopy(HostFloats.values(source), offset, target, from, length);
  }

  @Override
  public void read(Buffer source, int offset, int[] target, int from, int length) {
    System.arraycopy(HostInts.values(source), offset, target, from, length);
  }

  @Override
  public void fill(Strided out, double value) {
    elementwise.fill(out, (float) value);
  }

  @Override
  public void copy(Strided in, Strided out) {
    elementwise.copy(in, out);
  }

  @Override
  public void accumulate(Strided in, Strided out) {
    elementwise.accumulate(in, out);
  }

  @Override
  public void map(MapFunction f, double a, double b, Strided in, Strided out) {
    elementwise.map(f, (float) a, (float) b, in, out);
  }

  @Override
  public void mapMultiply(MapFunction f, double a, double b, Strided in, Strided by, Strided out) {
    elementwise.mapMultiply(f, (float) a, (float) b, in, by, out);
  }

  @Override
  public void zip(ZipFunction f, Strided left, Strided right, Strided out) {
    elementwise.zip(f, left, right, out);
  }

  @Override
  public void reduce(ReduceFunction f, Strided in, Strided out) {
    reductions.reduce(f, in, out);
  }

  @Override
  public void rows(RowFunction f, double epsilon, Strided in, Strided out) {
    rows.apply(f, epsilon, in, out);
  }

  @Override
  public void layerNorm(double epsilon, Strided in, Strided factor, Strided addend, Strided out) {
    rows.layerNorm(epsilon, in, factor, addend, out);
  }

  @Override
  public void rowsGradient(RowFunction f, double epsilon, Strided at, Strided dy, Strided dx) {
    rows.gradient(f, epsilon, at, dy, dx);
  }

  @Override
  public void topK(Strided in, int k, Strided out) {
    selections.topK(in, k, out);
  }

  @Override
  public void gather(Strided in, Strided indices, Strided out) {
    selections.gather(in, indices, out);
  }

  @Override
  public void scatterAdd(Strided in, Strided indices, Strided out) {
    selections.scatterAdd(in, indices, out);
  }

  @Override
  public void matmul(Strided a, Strided b, boolean accumulate, Strided out) {
    contractions.matmul(a, b, accumulate, out);
  }

  @Override
  public void conv1d(Conv1dGeometry g, Strided x, Strided w, Strided out) {
    contractions.conv1d(g, x, w, out);
  }

  @Override
  public void conv1dInputGradient(Conv1dGeometry g, Strided dy, Strided w, Strided dx) {
    contractions.conv1dInputGradient(g, dy, w, dx);
  }

  @Override
  public void conv1dWeightGradient(Conv1dGeometry g, Strided x, Strided dy, Strided dw) {
    contractions.conv1dWeightGradient(g, x, dy, dw);
  }

  @Override
  public void tapSum(Conv1dGeometry g, Strided given, Strided f, Strided out) {
    taps.sum(g, given, f, out);
  }

  @Override
  public void tapSpread(Conv1dGeometry g, Strided f, Strided dy, Strided dtaps) {
    taps.spread(g, f, dy, dtaps);
  }

  @Override
  public void tapDot(Conv1dGeometry g, Strided given, Strided dy, Strided df) {
    taps.dot(g, given, dy, df);
  }

  @Override
  public void resample(Strided in, Strided out) {
    selections.resample(in, out);
  }

  @Override
  public void resampleTranspose(Strided in, Strided out) {
    selections.resampleTranspose(in, out);
  }

  @Override
  public void dropout(Strided in, double p, RandomKey key, Strided out) {
    elementwise.dropout(in, p, key, out);
  }

  @Override
  public void solve(Strided a, Strided b, Strided out) {
    systems.solve(a, b, out);
  }

  @Override
  public void adam(AdamStep step, Buffer parameter, Buffer gradient, Buffer m, Buffer v) {
    float[] p = HostFloats.values(parameter);
    float[] g = HostFloats.values(gradient);
    float[] first = HostFloats.values(m);
    float[] second = HostFloats.values(v);
    int block = Blocks.ELEMENTS;
    pool.run(
        Blocks.count(p.length, block),
        task -> {
          int from = task * block;
          loops.adam(step, p, g, first, second, from, Math.min(block, p.length - from));
        });
  }

  @Override
  public void sgd(SgdStep step, Buffer parameter, Buffer gradient, Buffer velocity) {
    float[] p = HostFloats.values(parameter);
    float[] g = HostFloats.values(gradient);
    float[] v = HostFloats.values(velocity);
    int block = Blocks.ELEMENTS;
    pool.run(
        Blocks.count(p.length, block),
        task -> {
          int from = task * block;
          loops.sgd(step, p, g, v, from, Math.min(block, p.length - from));
        });
  }

  @Override
  public void leave() {
    loops.leave();
    elementwise.leave();
    rows.leave();
    selections.leave();
    systems.leave();
  }

  @Override
  public void close() {
    leave();
    pool.close();
  }
}
