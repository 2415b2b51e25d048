// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.formats;

import dev.kairos.methods.data.ArrayInfo;
import dev.kairos.tensor.io.DataFormatException;
import java.nio.file.Path;

/** Refuses arrays that would take the memory: a packed file may announce any size. */
final class Memory {
  /** As the library reads them, and as floats. */
  private static final int BYTES_PER_VALUE = 24;

  private Memory() {}

  static void require(Path file, ArrayInfo array) {
    double bytes = BYTES_PER_VALUE;
    for (int length : array.shape()) {
      bytes *= length;
    }
    long most = Runtime.getRuntime().maxMemory();
    if (bytes > most) {
      throw DataFormatException.of(
          "KFMT-022",
          file,
          "array %s would take about %.0f MB, but Java has %d MB"
              .formatted(array, bytes / (1 << 20), most >> 20),
          "start Java with more memory (-Xmx)");
    }
  }
}
