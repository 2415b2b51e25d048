// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.Backend;
import dev.kairos.kernels.Precision;
import dev.kairos.kernels.Strided;

/** Copies between arrays and tensors whose elements lie in rows without gaps, and their count. */
final class HostCopies {
  private final Backend backend;
  private Transfers transfers = Transfers.NONE;

  HostCopies(Backend backend) {
    this.backend = backend;
  }

  Transfers transfers() {
    return transfers;
  }

  void write(Tensor target, double[] values) {
    Strided data = target.data();
    backend.write(data.buffer(), data.offset(), values, 0, values.length);
    countWritten(data);
  }

  void write(Tensor target, float[] values) {
    Strided data = target.data();
    backend.write(data.buffer(), data.offset(), values, 0, values.length);
    countWritten(data);
  }

  void write(Tensor target, int[] values) {
    Strided data = target.data();
    backend.write(data.buffer(), data.offset(), values, 0, values.length);
    countWritten(data);
  }

  private void countWritten(Strided data) {
    transfers = transfers.plusWrite(bytes(data));
  }

  void read(Tensor source, double[] values) {
    Strided data = source.data();
    backend.read(data.buffer(), data.offset(), values, 0, values.length);
    countRead(data);
  }

  void read(Tensor source, float[] values) {
    Strided data = source.data();
    backend.read(data.buffer(), data.offset(), values, 0, values.length);
    countRead(data);
  }

  void read(Tensor source, int[] values) {
    Strided data = source.data();
    backend.read(data.buffer(), data.offset(), values, 0, values.length);
    countRead(data);
  }

  /** The only element of a tensor, of any type. */
  double read(Tensor one) {
    if (one.dtype().isReal()) {
      double[] value = new double[1];
      read(one, value);
      return value[0];
    }
    int[] value = new int[1];
    read(one, value);
    return value[0];
  }

  private void countRead(Strided data) {
    transfers = transfers.plusRead(bytes(data));
  }

  private long bytes(Strided data) {
    boolean wide = !data.buffer().isIndices() && backend.precision() == Precision.DOUBLE;
    return (long) data.count() * (wide ? Double.BYTES : Float.BYTES);
  }
}
