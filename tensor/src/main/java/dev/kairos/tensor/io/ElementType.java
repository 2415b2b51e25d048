// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.io;

/** The element type of a stored array. The names are those of safetensors; STRING is npy's. */
public enum ElementType {
  /** IEEE 754 binary16. */
  F16(2),
  /** The upper half of an F32. */
  BF16(2),
  /** IEEE 754 binary32. */
  F32(4),
  /** IEEE 754 binary64. */
  F64(8),
  /** Signed, 8 bits. */
  I8(1),
  /** Signed, 16 bits. */
  I16(2),
  /** Signed, 32 bits. */
  I32(4),
  /** Signed, 64 bits. */
  I64(8),
  /** Unsigned, 8 bits. */
  U8(1),
  /** Unsigned, 16 bits. */
  U16(2),
  /** Unsigned, 32 bits. */
  U32(4),
  /** Unsigned, 64 bits. */
  U64(8),
  /** True or false, one byte each. */
  BOOL(1),
  /** Text, of one width for the whole array in a file. */
  STRING(0);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one element in a file; 0 for STRING, whose width belongs to the array. */
  public int bytes() {
    return bytes;
  }

  /** Whether elements are floating point numbers of any width. */
  public boolean isFloating() {
    return this == F16 || this == BF16 || this == F32 || this == F64;
  }

  /** Whether elements are integers, signed or not; BOOL is none. */
  public boolean isInteger() {
    return !isFloating() && this != BOOL && this != STRING;
  }
}
