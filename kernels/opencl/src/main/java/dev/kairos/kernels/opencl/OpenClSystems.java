// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import static dev.kairos.kernels.opencl.OpenClBuffer.memory;

import dev.kairos.kernels.SingularMatrixException;
import dev.kairos.kernels.Strided;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Small systems of equations. Whether a matrix was singular stands in a mark on the device, which
 * is looked at when something is read or waited for anyway: a step of a training does not stop for
 * it.
 */
final class OpenClSystems {
  /** Calls between two looks. */
  private static final int MARKS = 64;

  private final Launcher launcher;
  private final List<Integer> sizes = new ArrayList<>();
  private @Nullable DeviceMemory marks;

  OpenClSystems(Launcher launcher) {
    this.launcher = launcher;
  }

  /** Whether the device can. */
  boolean canSolve() {
    return launcher.device().info().doubles();
  }

  void solve(Strided a, Strided b, Strided out) {
    int batch = a.size(0);
    int n = a.size(1);
    int m = b.size(2);
    if (batch == 0 || n == 0) {
      return;
    }
    if (sizes.size() == MARKS) {
      check();
    }
    DeviceMemory kept = marks();
    int[] system = {
      batch,
      n,
      m,
      a.offset(),
      a.stride(0),
      a.stride(1),
      a.stride(2),
      b.offset(),
      b.stride(0),
      b.stride(1),
      b.stride(2),
      out.offset(),
      out.stride(0),
      out.stride(1),
      out.stride(2)
    };
    try (Launcher.Places places = launcher.places()) {
      DeviceMemory scratch = places.bytes((long) Double.BYTES * batch * (n * n + n * m));
      launcher.each(
          "solve", batch, memory(a), memory(b), memory(out), scratch, kept, sizes.size(), system);
    }
    sizes.add(n);
  }

  private DeviceMemory marks() {
    if (marks == null) {
      marks = launcher.pool().take((long) Integer.BYTES * MARKS);
      unmark(marks);
    }
    return marks;
  }

  private void unmark(DeviceMemory all) {
    launcher.run("unmark", new WorkRange(MARKS, 1, 1, MARKS, 1), all);
  }

  /**
   * Looks at the marks of all calls since the last look.
   *
   * @throws SingularMatrixException if one met a singular matrix; names the first
   */
  void check() {
    if (sizes.isEmpty() || marks == null) {
      return;
    }
    Device device = launcher.device();
    int count = sizes.size();
    device.read(marks, 0, Integer.BYTES * count);
    int[] found = new int[count];
    device.staging().asIntBuffer().get(0, found);
    List<Integer> looked = List.copyOf(sizes);
    sizes.clear();
    for (int i = 0; i < count; i++) {
      if (found[i] != Integer.MAX_VALUE) {
        unmark(marks);
        int matrix = found[i] / looked.get(i);
        throw new SingularMatrixException(
            "solve: matrix " + matrix, matrix, found[i] % looked.get(i));
      }
    }
  }
}
