// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

/** What a device must have, taken from another backend, and nothing more. */
final class RequiredOnlyBackend implements Backend {
  private final Backend host;
  private int open;

  RequiredOnlyBackend(Backend host) {
    this.host = host;
  }

  /** Buffers that were not given back. */
  int open() {
    return open;
  }

  @Override
  public BackendInfo info() {
    return host.info();
  }

  @Override
  public Buffer allocate(int length) {
    open++;
    return host.allocate(length);
  }

  @Override
  public Buffer allocateIndices(int length) {
    open++;
    return host.allocateIndices(length);
  }

  @Override
  public void release(Buffer buffer) {
    open--;
    host.release(buffer);
  }

  @Override
  public void finish() {
    host.finish();
  }

  @Override
  public void write(Buffer target, int offset, double[] source, int from, int length) {
    host.write(target, offset, source, from, length);
  }

  @Override
  public void write(Buffer target, int offset, int[] source, int from, int length) {
    host.write(target, offset, source, from, length);
  }

  @Override
  public void read(Buffer source, int offset, double[] target, int from, int length) {
    host.read(source, offset, target, from, length);
  }

  @Override
  public void read(Buffer source, int offset, int[] target, int from, int length) {
    host.read(source, offset, target, from, length);
  }

  @Override
  public void fill(Strided out, double value) {
    host.fill(out, value);
  }

  @Override
  public void copy(Strided in, Strided out) {
    host.copy(in, out);
  }

  @Override
  public void map(MapFunction f, double a, double b, Strided in, Strided out) {
    host.map(f, a, b, in, out);
  }

  @Override
  public void zip(ZipFunction f, Strided left, Strided right, Strided out) {
    host.zip(f, left, right, out);
  }

  @Override
  public void reduce(ReduceFunction f, Strided in, Strided out) {
    host.reduce(f, in, out);
  }

  @Override
  public void topK(Strided in, int k, Strided out) {
    host.topK(in, k, out);
  }

  @Override
  public void gather(Strided in, Strided indices, Strided out) {
    host.gather(in, indices, out);
  }

  @Override
  public void scatterAdd(Strided in, Strided indices, Strided out) {
    host.scatterAdd(in, indices, out);
  }

  @Override
  public void matmul(Strided a, Strided b, boolean accumulate, Strided out) {
    host.matmul(a, b, accumulate, out);
  }

  @Override
  public void dropout(Strided in, double p, RandomKey key, Strided out) {
    host.dropout(in, p, key, out);
  }

  @Override
  public void close() {
    host.close();
  }
}
