// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.host;

import dev.kairos.kernels.Buffer;
import dev.kairos.kernels.Strided;

/** A buffer of real numbers in a {@code float[]}. */
public final class HostFloats implements Buffer {
  private final float[] values;

  /** So many zeros. */
  public HostFloats(int length) {
    values = new float[length];
  }

  /** The array itself, not a copy. */
  public HostFloats(float[] values) {
    this.values = values;
  }

  /** The array of such a buffer itself. */
  public static float[] values(Buffer buffer) {
    return ((HostFloats) buffer).values;
  }

  /** The array of the buffer that a view sees. */
  public static float[] values(Strided view) {
    return values(view.buffer());
  }

  @Override
  public int length() {
    return values.length;
  }

  @Override
  public boolean isIndices() {
    return false;
  }
}
