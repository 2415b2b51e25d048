// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.formats;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Numbers of a MATLAB file, which may lie there in a narrower type than that of their array. */
final class Mat5Numbers {
  private static final int CHUNK_VALUES = 1 << 13;

  private Mat5Numbers() {}

  /**
   * Bytes of one number.
   *
   * @param type of the element
   * @throws IOException for a type that is none of numbers
   */
  static int width(int type) throws IOException {
    return switch (type) {
      case 1, 2 -> Byte.BYTES;
      case 3, 4 -> Short.BYTES;
      case 5, 6, 7 -> Integer.BYTES;
      case 9, 12, 13 -> Long.BYTES;
      default -> throw new IOException("numbers of type " + type);
    };
  }

  /** The next numbers, as floats. */
  static float[] read(Mat5Input in, int type, int count) throws IOException {
    float[] values = new float[count];
    int width = width(type);
    for (int done = 0; done < count; ) {
      int n = Math.min(CHUNK_VALUES, count - done);
      ByteBuffer chunk = in.read(n * width);
      for (int i = 0; i < n; i++) {
        values[done++] = next(chunk, type);
      }
    }
    return values;
  }

  private static float next(ByteBuffer chunk, int type) {
    return switch (type) {
      case 1 -> chunk.get();
      case 2 -> chunk.get() & 0xFF;
      case 3 -> chunk.getShort();
      case 4 -> chunk.getShort() & 0xFFFF;
      case 5 -> chunk.getInt();
      case 6 -> chunk.getInt() & 0xFFFF_FFFFL;
      case 7 -> chunk.getFloat();
      case 9 -> (float) chunk.getDouble();
      case 12 -> chunk.getLong();
      default -> unsigned(chunk.getLong());
    };
  }

  private static float unsigned(long bits) {
    return bits >= 0 ? bits : 2f * ((bits >>> 1) | (bits & 1)); // the bit kept rounds as if whole
  }
}
