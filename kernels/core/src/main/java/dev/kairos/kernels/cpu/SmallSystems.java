// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.cpu;

import dev.kairos.kernels.DenseSolve;
import dev.kairos.kernels.SingularMatrixException;
import dev.kairos.kernels.Strided;
import dev.kairos.kernels.host.HostFloats;
import org.jspecify.annotations.Nullable;

/**
 * Small linear systems, in double precision: their solution is where accuracy is lost. A thread
 * keeps its places from call to call.
 */
final class SmallSystems {
  private static final class Places {
    double[] matrix = new double[0];
    double[] right = new double[0];
  }

  private final WorkerPool pool;
  private final ThreadLocal<Places> places = ThreadLocal.withInitial(Places::new);

  SmallSystems(WorkerPool pool) {
    this.pool = pool;
  }

  /** Lets go of the calling thread's places. */
  void leave() {
    places.remove();
  }

  void solve(Strided a, Strided b, Strided out) {
    int n = a.size(1);
    int batch = a.size(0);
    // Elimination takes n steps for each element.
    int perTask = Blocks.perTask(n * (n + b.size(2)) * n);
    if (pool.threads() == 1 || batch <= perTask) {
      fail(solve(a, b, out, 0, batch));
      return;
    }
    // The first singular one is named, whichever thread finds it.
    int tasks = Blocks.count(batch, perTask);
    @Nullable SingularMatrixException[] failures = new SingularMatrixException[tasks];
    pool.run(
        tasks,
        task ->
            failures[task] =
                solve(a, b, out, task * perTask, Math.min(batch, (task + 1) * perTask)));
    for (SingularMatrixException failure : failures) {
      fail(failure);
    }
  }

  private static void fail(@Nullable SingularMatrixException failure) {
    if (failure != null) {
      throw failure;
    }
  }

  private @Nullable SingularMatrixException solve(
      Strided a, Strided b, Strided out, int first, int end) {
    int n = a.size(1);
    int m = b.size(2);
    Places mine = places.get();
    if (mine.matrix.length < n * n) {
      mine.matrix = new double[n * n];
    }
    if (mine.right.length < n * m) {
      mine.right = new double[n * m];
    }
    float[] o = HostFloats.values(out);
    for (int batch = first; batch < end; batch++) {
      read(a, batch, mine.matrix);
      read(b, batch, mine.right);
      int column = DenseSolve.solveInPlace(n, m, mine.matrix, mine.right);
      if (column >= 0) {
        return new SingularMatrixException("solve: matrix " + batch, batch, column);
      }
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < m; j++) {
          o[out.offset() + batch * out.stride(0) + i * out.stride(1) + j * out.stride(2)] =
              (float) mine.right[i * m + j];
        }
      }
    }
    return null;
  }

  private static void read(Strided view, int batch, double[] target) {
    float[] x = HostFloats.values(view);
    int at = 0;
    for (int i = 0; i < view.size(1); i++) {
      for (int j = 0; j < view.size(2); j++) {
        target[at++] =
            x[view.offset() + batch * view.stride(0) + i * view.stride(1) + j * view.stride(2)];
      }
    }
  }
}
