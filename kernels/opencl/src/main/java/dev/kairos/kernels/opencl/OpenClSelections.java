// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import static dev.kairos.kernels.opencl.OpenClBuffer.memory;

import dev.kairos.kernels.Strided;

/** Rows by number, and interpolation along time. */
final class OpenClSelections {
  private final Launcher launcher;

  OpenClSelections(Launcher launcher) {
    this.launcher = launcher;
  }

  /** The structure {@code Places} of {@code selection.cl}. */
  private static int[] places(
      int outer, int n, int m, int inner, Strided in, int[] indices, Strided out) {
    return new int[] {
      outer,
      n,
      m,
      inner,
      in.offset(),
      in.stride(0),
      in.stride(1),
      in.stride(2),
      indices[0],
      indices[1],
      indices[2],
      out.offset(),
      out.stride(0),
      out.stride(1),
      out.stride(2)
    };
  }

  private static int[] indices(Strided view) {
    return new int[] {view.offset(), view.stride(0), view.stride(1)};
  }

  void gather(Strided in, Strided indices, Strided out) {
    int[] places =
        places(out.size(0), in.size(1), out.size(1), out.size(2), in, indices(indices), out);
    launcher.each("gather", out.count(), memory(in), memory(indices), memory(out), places);
  }

  void scatterAdd(Strided in, Strided indices, Strided out) {
    if (in.count() == 0) {
      return;
    }
    int[] places =
        places(in.size(0), out.size(1), in.size(1), in.size(2), in, indices(indices), out);
    launcher.each(
        "scatter", in.size(0) * in.size(2), memory(in), memory(indices), memory(out), places);
  }

  void resample(Strided in, Strided out) {
    int[] places = places(out.size(0), in.size(1), out.size(1), out.size(2), in, new int[3], out);
    launcher.each("resample", out.count(), memory(in), memory(out), places);
  }

  void resampleTranspose(Strided in, Strided out) {
    if (in.count() == 0) {
      return;
    }
    int[] places = places(out.size(0), out.size(1), in.size(1), out.size(2), in, new int[3], out);
    launcher.each("resample_transpose", out.count(), memory(in), memory(out), places);
  }
}
