// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.Backend;
import dev.kairos.kernels.Buffer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A backend that counts the buffers it hands out and takes back, and can spoil them: reals become
 * NaN and positions lie far outside. New buffers are spoilt from the start, and so are those that
 * come back, once each.
 */
public final class ProbedBackend {
  private final Backend target;
  private final Backend probed;
  private final List<Buffer> buffers = new ArrayList<>();
  private int allocations;

  /** Around a backend that does the work. */
  public ProbedBackend(Backend target) {
    this.target = target;
    this.probed =
        (Backend)
            Proxy.newProxyInstance(
                Backend.class.getClassLoader(),
                new Class<?>[] {Backend.class},
                (proxy, method, arguments) -> {
                  try {
                    if (method.getName().equals("release")) {
                      takeBack((Buffer) arguments[0]);
                    }
                    Object result = method.invoke(target, arguments);
                    if (result instanceof Buffer buffer) {
                      buffers.add(buffer);
                      allocations++;
                      spoil(buffer);
                    }
                    return result;
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
  }

  /** What an engine is given. */
  public Backend backend() {
    return probed;
  }

  /** How many buffers were handed out. */
  public int allocations() {
    return allocations;
  }

  /** How many of them have not come back. */
  public int open() {
    return buffers.size();
  }

  private void takeBack(Buffer buffer) {
    if (!buffers.removeIf(each -> each == buffer)) {
      throw new AssertionError("released twice, or never handed out: " + buffer.length());
    }
    spoil(buffer);
  }

  /** Spoils every buffer that is out; no tensor may be in use. */
  public void spoil() {
    buffers.forEach(this::spoil);
  }

  private void spoil(Buffer buffer) {
    if (buffer.isIndices()) {
      int[] far = new int[buffer.length()];
      Arrays.fill(far, Integer.MIN_VALUE);
      target.write(buffer, 0, far, 0, far.length);
    } else {
      double[] nan = new double[buffer.length()];
      Arrays.fill(nan, Double.NaN);
      target.write(buffer, 0, nan, 0, nan.length);
    }
  }
}
