// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.host;

import dev.kairos.kernels.Buffer;
import dev.kairos.kernels.Strided;

/** A buffer of whole numbers in an {@code int[]}. */
public final class HostInts implements Buffer {
  private final int[] values;

  /** So many zeros. */
  public HostInts(int length) {
    values = new int[length];
  }

  /** The array of such a buffer itself. */
  public static int[] values(Buffer buffer) {
    return ((HostInts) buffer).values;
  }

  /** The array of the buffer that a view sees. */
  public static int[] values(Strided view) {
    return values(view.buffer());
  }

  @Override
  public int length() {
    return values.length;
  }

  @Override
  public boolean isIndices() {
    return true;
  }
}
