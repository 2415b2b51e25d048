// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import static dev.kairos.kernels.opencl.OpenClBuffer.memory;

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
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * The single-precision backend on one OpenCL device. All buffers stay there; numbers move only when
 * they are written or read. Calls return before the device is done with them.
 *
 * <p>This class holds the memory and says where each primitive is; the primitives are by family in
 * the classes whose names begin like its own.
 */
public final class OpenClBackend implements Backend {
  private final String name;
  private final Device device;
  private final MemoryPool pool;
  private final OpenClElementwise elementwise;
  private final OpenClReductions reductions;
  private final OpenClRows rows;
  private final OpenClSelections selections;
  private final OpenClProducts products;
  private final OpenClSystems systems;
  private final OpenClUpdates updates;
  private final String arithmetic;
  private long writes;
  private long reads;
  private boolean closed;

  /**
   * A backend on a device, which it tests first, and closes with itself or when it fails. Kernels
   * are compiled when they are first asked for.
   *
   * @param name the name users type
   * @throws OpenClException if kernels do not compile there or compute wrong numbers
   */
  public static OpenClBackend open(String name, Device device) {
    return open(name, device, KernelShape.of(device.info()));
  }

  static OpenClBackend open(String name, Device device, KernelShape shape) {
    OpenClBackend made = new OpenClBackend(name, device, shape);
    try {
      new SelfTest(made, device.info()).run();
    } catch (RuntimeException e) {
      made.close();
      throw e;
    }
    made.writes = 0;
    made.reads = 0;
    return made;
  }

  private OpenClBackend(String name, Device device, KernelShape shape) {
    this.name = name;
    this.device = device;
    Launcher launcher = new Launcher(device, shape);
    this.pool = launcher.pool();
    this.elementwise = new OpenClElementwise(launcher);
    this.reductions = new OpenClReductions(launcher, elementwise);
    this.rows = new OpenClRows(launcher);
    this.selections = new OpenClSelections(launcher);
    this.products = new OpenClProducts(launcher, this);
    this.systems = new OpenClSystems(launcher);
    this.updates = new OpenClUpdates(launcher);
    DeviceInfo info = device.info();
    this.arithmetic =
        ("opencl-" + info.name() + "-" + info.driver()).replaceAll("[^A-Za-z0-9.]+", "-");
  }

  @Override
  public BackendInfo info() {
    return new BackendInfo(name, Precision.FLOAT, KernelShape.lanes(device.info()), arithmetic, 1);
  }

  /** The device. */
  public DeviceInfo device() {
    return device.info();
  }

  /** How often numbers were copied to the device so far. */
  public long writes() {
    return writes;
  }

  /** How often numbers were copied from the device so far. */
  public long reads() {
    return reads;
  }

  /** Bytes of the device that this backend holds now. */
  public long heldBytes() {
    return pool.heldBytes();
  }

  @Override
  public Buffer allocate(int length) {
    return new OpenClBuffer(pool.take((long) Float.BYTES * length), length, false);
  }

  @Override
  public Buffer allocateIndices(int length) {
    return new OpenClBuffer(pool.take((long) Integer.BYTES * length), length, true);
  }

  @Override
  public void release(Buffer buffer) {
    pool.give(memory(buffer));
  }

  @Override
  public void finish() {
    device.finish();
    systems.check();
  }

  /** Fills a part of the staging buffer, from element {@code from} of the source on. */
  private interface Fill {
    void part(ByteBuffer staging, int from, int count);
  }

  private void write(Buffer target, int offset, int length, Fill fill) {
    ByteBuffer staging = device.staging();
    int most = staging.capacity() / Float.BYTES;
    for (int done = 0; done < length; done += most) {
      int count = Math.min(most, length - done);
      fill.part(staging, done, count);
      device.write(memory(target), (long) Float.BYTES * (offset + done), Float.BYTES * count);
      writes++;
    }
  }

  private void read(Buffer source, int offset, int length, Fill take) {
    systems.check();
    ByteBuffer staging = device.staging();
    int most = staging.capacity() / Float.BYTES;
    for (int done = 0; done < length; done += most) {
      int count = Math.min(most, length - done);
      device.read(memory(source), (long) Float.BYTES * (offset + done), Float.BYTES * count);
      take.part(staging, done, count);
      reads++;
    }
  }

  @Override
  public void write(Buffer target, int offset, double[] source, int from, int length) {
    write(
        target,
        offset,
        length,
        (staging, done, count) -> {
          FloatBuffer floats = staging.asFloatBuffer();
          for (int i = 0; i < count; i++) {
            floats.put((float) source[from + done + i]);
          }
        });
  }

  @Override
  public void write(Buffer target, int offset, float[] source, int from, int length) {
    write(
        target,
        offset,
        length,
        (staging, done, count) -> staging.asFloatBuffer().put(source, from + done, count));
  }

  @Override
  public void write(Buffer target, int offset, int[] source, int from, int length) {
    write(
        target,
        offset,
        length,
        (staging, done, count) -> staging.asIntBuffer().put(source, from + done, count));
  }

  @Override
  public void read(Buffer source, int offset, double[] target, int from, int length) {
    read(
        source,
        offset,
        length,
        (staging, done, count) -> {
          FloatBuffer floats = staging.asFloatBuffer();
          for (int i = 0; i < count; i++) {
            target[from + done + i] = floats.get();
          }
        });
  }

  @Override
  public void read(Buffer source, int offset, float[] target, int from, int length) {
    read(
        source,
        offset,
        length,
        (staging, done, count) -> staging.asFloatBuffer().get(target, from + done, count));
  }

  @Override
  public void read(Buffer source, int offset, int[] target, int from, int length) {
    read(
        source,
        offset,
        length,
        (staging, done, count) -> {
          IntBuffer whole = staging.asIntBuffer();
          whole.get(target, from + done, count);
        });
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
    Folded folded = Folded.of(in, out);
    if (in.count() == 0 || !folded.out().isDistinct()) {
      Backend.super.accumulate(in, out);
      return;
    }
    if (!folded.hasTerms()) {
      zip(ZipFunction.ADD, out, in, out);
      return;
    }
    Buffer sums = allocate(folded.out().count());
    Strided found = Strided.contiguous(sums, folded.out().sizes());
    reduce(ReduceFunction.SUM, folded.in(), found);
    zip(ZipFunction.ADD, folded.out(), found, folded.out());
    release(sums);
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
    if (OpenClRows.fits(in, out)) {
      rows.apply(f, epsilon, in, out);
    } else {
      Backend.super.rows(f, epsilon, in, out);
    }
  }

  @Override
  public void layerNorm(double epsilon, Strided in, Strided factor, Strided addend, Strided out) {
    if (OpenClRows.fits(in, out)) {
      rows.layerNorm(epsilon, in, factor, addend, out);
    } else {
      Backend.super.layerNorm(epsilon, in, factor, addend, out);
    }
  }

  @Override
  public void rowsGradient(RowFunction f, double epsilon, Strided at, Strided dy, Strided dx) {
    if (OpenClRows.fits(at, dy, dx)) {
      rows.gradient(f, epsilon, at, dy, dx);
    } else {
      Backend.super.rowsGradient(f, epsilon, at, dy, dx);
    }
  }

  @Override
  public void topK(Strided in, int k, Strided out) {
    if (OpenClRows.fits(in, out)) {
      rows.topK(in, k, out);
      return;
    }
    for (int i = 0; i < out.size(0); i++) {
      topK(
          in.axes(1, in.rank(), in.offset() + i * in.stride(0)),
          k,
          out.axes(1, out.rank(), out.offset() + i * out.stride(0)));
    }
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
    products.matmul(a, b, accumulate, out);
  }

  @Override
  public void conv1d(Conv1dGeometry g, Strided x, Strided w, Strided out) {
    products.conv1d(g, x, w, out);
  }

  @Override
  public void conv1dInputGradient(Conv1dGeometry g, Strided dy, Strided w, Strided dx) {
    products.conv1dInputGradient(g, dy, w, dx);
  }

  @Override
  public void conv1dWeightGradient(Conv1dGeometry g, Strided x, Strided dy, Strided dw) {
    products.conv1dWeightGradient(g, x, dy, dw);
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
    if (OpenClElementwise.canDrop(in, out)) {
      elementwise.dropout(in, p, key, out);
      return;
    }
    // Elements are numbered in row order, whatever the number of axes.
    Buffer row = allocate(in.count());
    Strided whole = Strided.contiguous(row, in.sizes());
    copy(in, whole);
    Strided flat = Strided.contiguous(row, in.count());
    elementwise.dropout(flat, p, key, flat);
    copy(whole, out);
    release(row);
  }

  /**
   * On the device where it computes in double precision; that a matrix is singular is then said by
   * the next {@link #read} or {@link #finish}.
   */
  @Override
  public void solve(Strided a, Strided b, Strided out) {
    if (systems.canSolve()) {
      systems.solve(a, b, out);
    } else {
      Backend.super.solve(a, b, out);
    }
  }

  @Override
  public void adam(AdamStep step, Buffer parameter, Buffer gradient, Buffer m, Buffer v) {
    updates.adam(step, parameter, gradient, m, v);
  }

  @Override
  public void sgd(SgdStep step, Buffer parameter, Buffer gradient, Buffer velocity) {
    updates.sgd(step, parameter, gradient, velocity);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      device.close();
    }
  }
}
