// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.pickle;

/** Bytes, of Python's {@code bytes}, {@code bytearray}, or a text of Python 2 beyond ASCII. */
public final class PickleBytes implements PickleValue {
  private final byte[] bytes;

  /** Takes ownership of the bytes. */
  PickleBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** How many. */
  public int length() {
    return bytes.length;
  }

  /** A copy. */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /** The bytes themselves, never to be changed or handed out. */
  byte[] shared() {
    return bytes;
  }

  @Override
  public String describe() {
    return bytes.length + " bytes";
  }
}
