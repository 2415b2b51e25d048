// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl.aparapi;

import com.aparapi.Kernel;
import com.aparapi.Range;
import com.aparapi.device.Device;
import com.aparapi.device.OpenCLDevice;

/**
 * A matrix product written in Java alone, which Aparapi translates to OpenCL: one work item an
 * output. The baseline that the hand-written kernels are measured against; where there is no device
 * it runs in threads of the JVM.
 *
 * <p>Aparapi reads the class file of {@link #run}, which must be compiled with {@code -g} and hold
 * no {@code break} and no {@code switch}. Used by one thread at a time; {@link #dispose} frees it.
 */
public final class TranslatedMatmul extends Kernel {
  private float[] a = {0};
  private float[] b = {0};
  private float[] product = {0};
  private int depth;
  private int columns;

  /** On the first device, or in the JVM where there is none. */
  public TranslatedMatmul() {}

  /**
   * {@code out = a b}.
   *
   * @param left {@code [M, K]}, in rows
   * @param right {@code [K, N]}, in rows
   * @param out {@code [M, N]}, in rows
   * @throws IllegalArgumentException if a size is below 1 or an array is not as long as the sizes
   *     say
   */
  public void multiply(float[] left, float[] right, float[] out, int m, int k, int n) {
    if (m < 1
        || k < 1
        || n < 1
        || left.length != (long) m * k
        || right.length != (long) k * n
        || out.length != (long) m * n) {
      throw new IllegalArgumentException(
          "matmul: sizes must be positive and lengths M K, K N and M N: M %d, K %d, N %d, lengths %d, %d, %d"
              .formatted(m, k, n, left.length, right.length, out.length));
    }
    a = left;
    b = right;
    product = out;
    depth = k;
    columns = n;
    execute(
        AparapiDevices.list().isEmpty()
            ? Range.create2D(n, m)
            : AparapiDevices.list().get(0).device().createRange2D(n, m));
  }

  /** Row i of a times column j of b. */
  @Override
  public void run() {
    int j = getGlobalId(0);
    int i = getGlobalId(1);
    float sum = 0;
    for (int k = 0; k < depth; k++) {
      sum += a[i * depth + k] * b[k * columns + j];
    }
    product[i * columns + j] = sum;
  }

  /** Where the last product was computed: the name of a device, or how the JVM did it. */
  public String ranOn() {
    Device target = getTargetDevice();
    return target instanceof OpenCLDevice device ? device.getName() : target.getShortDescription();
  }
}
