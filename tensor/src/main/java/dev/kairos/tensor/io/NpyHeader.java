// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.io;

import java.nio.ByteOrder;
import java.util.List;

/**
 * The header of a {@code .npy} file.
 *
 * @param descr the type as the file writes it, for example {@code <f4} or {@code |S12}
 * @param type what an element is
 * @param byteOrder byte order of one element
 * @param fortranOrder whether the first axis varies fastest in the file
 * @param shape lengths of the axes, empty for a single value
 * @param dataOffset bytes before the first element
 */
public record NpyHeader(
    String descr,
    ElementType type,
    ByteOrder byteOrder,
    boolean fortranOrder,
    List<Integer> shape,
    long dataOffset) {
  /** Copies the shape. */
  public NpyHeader {
    shape = List.copyOf(shape);
  }

  /** Bytes of one element in the file. */
  public int itemBytes() {
    if (type != ElementType.STRING) {
      return type.bytes();
    }
    int width = Integer.parseInt(descr.replaceAll("[^0-9]", ""));
    return isUnicode() ? width * Integer.BYTES : width;
  }

  /** Number of elements. */
  public long size() {
    return Shapes.size(Shapes.toArray(shape));
  }

  /** Bytes of all elements in the file. */
  public long dataBytes() {
    return size() * itemBytes();
  }

  /** Whether a text is stored as one number of 32 bits for each character. */
  boolean isUnicode() {
    return descr.indexOf('U') >= 0;
  }
}
