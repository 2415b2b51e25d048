// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import static dev.kairos.kernels.opencl.OpenClBuffer.memory;

import dev.kairos.kernels.ReduceFunction;
import dev.kairos.kernels.Strided;
import java.util.Arrays;

/**
 * Reductions of trailing axes: one work item an output where there are many; else the terms of an
 * output are shared out to several, and what those found is joined by a second kernel.
 */
final class OpenClReductions {
  /** Fewer terms are not shared out. */
  private static final int FEW = 256;

  /** Terms that a work item should have at least where it shares. */
  private static final int LEAST_SHARE = 32;

  private final Launcher launcher;
  private final OpenClElementwise elementwise;
  private final int items;

  OpenClReductions(Launcher launcher, OpenClElementwise elementwise) {
    this.launcher = launcher;
    this.elementwise = elementwise;
    int perUnit = launcher.shape().tile().isPresent() ? 1024 : 64;
    this.items = perUnit * Math.max(1, launcher.device().info().units());
  }

  void reduce(ReduceFunction f, Strided in, Strided out) {
    int kept = out.rank();
    int outputs = out.count();
    if (outputs == 0) {
      return;
    }
    int terms = 1;
    for (int axis = kept; axis < in.rank(); axis++) {
      terms *= in.size(axis);
    }
    Walk heads = Walk.over(0, kept, in, out);
    Walk folded = Walk.over(kept, in.rank(), in.axes(0, in.rank(), 0));
    if (!heads.fits() || !folded.fits()) {
      withFewerAxes(f, in, out, terms);
      return;
    }
    int parts = parts(outputs, terms);
    if (parts == 1) {
      run(f, in, memory(out), outputs, terms, 1, heads, folded);
      return;
    }
    try (Launcher.Places places = launcher.places()) {
      int[] sizes = Arrays.copyOf(out.sizes(), kept + 1);
      sizes[kept] = parts;
      Strided found = places.reals(sizes);
      run(f, in, memory(found), outputs, terms, parts, heads, folded);
      reduce(f, found, out);
    }
  }

  private void run(
      ReduceFunction f,
      Strided in,
      DeviceMemory to,
      int outputs,
      int terms,
      int parts,
      Walk heads,
      Walk folded) {
    launcher.each(
        "reduce_" + f.name(),
        outputs * parts,
        memory(in),
        to,
        outputs,
        terms,
        parts,
        heads.ints(),
        folded.ints());
  }

  private int parts(int outputs, int terms) {
    return outputs >= items || terms < FEW
        ? 1
        : Math.max(1, Math.min(items / outputs, terms / LEAST_SHARE));
  }

  /** More axes than a kernel takes: the terms are laid out in rows, and so are the outputs. */
  private void withFewerAxes(ReduceFunction f, Strided in, Strided out, int terms) {
    try (Launcher.Places places = launcher.places()) {
      Strided rows = places.reals(out.count(), terms);
      int[] inSizes = in.sizes();
      elementwise.copy(in, rows.view(0, inSizes, Strided.contiguousStrides(inSizes)));
      Strided found = places.reals(out.count());
      reduce(f, rows, found);
      int[] outSizes = out.sizes();
      elementwise.copy(found.view(0, outSizes, Strided.contiguousStrides(outSizes)), out);
    }
  }
}
