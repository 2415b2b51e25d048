// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.tensor.io.NpyFile;
import java.io.Closeable;
import java.io.IOException;

/** The values of an array in C order, read in stretches: from an open file or from memory. */
interface ValueSource extends Closeable {
  /**
   * Reads a stretch.
   *
   * @param from first value
   * @param count how many
   * @param to changed from {@code at} on
   */
  void read(int from, int count, float[] to, int at) throws IOException;

  /** Of an open file: no more than the stretch is read. */
  static ValueSource of(NpyFile file) {
    return new ValueSource() {
      @Override
      public void read(int from, int count, float[] to, int at) throws IOException {
        file.readFloats(from, count, to, at);
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }

  /** Of values in memory, which nobody changes. */
  static ValueSource of(float[] values) {
    return new ValueSource() {
      @Override
      public void read(int from, int count, float[] to, int at) {
        System.arraycopy(values, from, to, at, count);
      }

      @Override
      public void close() {}
    };
  }
}
