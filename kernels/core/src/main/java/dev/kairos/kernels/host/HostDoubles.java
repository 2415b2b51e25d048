// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.host;

import dev.kairos.kernels.Buffer;
import dev.kairos.kernels.Strided;

/** A buffer of real numbers in a {@code double[]}. */
public final class HostDoubles implements Buffer {
  private final double[] values;

  /** So many zeros. */
  public HostDoubles(int length) {
    values = new double[length];
  }

  /** The array of such a buffer itself. */
  public static double[] values(Buffer buffer) {
    return ((HostDoubles) buffer).values;
  }

  /** The array of the buffer that a view sees. */
  public static double[] values(Strided view) {
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
