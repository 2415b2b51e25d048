// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl.aparapi;

import com.aparapi.Range;
import com.aparapi.opencl.OpenCL;

/**
 * The kernels of {@code tiles_cpu.cl}, as Aparapi is told of them. Scratch that a kernel fills is
 * read and written too: what it leaves out would be undefined otherwise.
 */
interface PanelKernels extends OpenCL<PanelKernels> {
  @Kernel("pack_matrix")
  PanelKernels packMatrix(
      Range range,
      @GlobalReadOnly("a") float[] a,
      @GlobalReadWrite("packed") float[] packed,
      @Arg("firstBatch") int firstBatch,
      @Arg("firstRow") int firstRow,
      @Arg("panels") int panels,
      @GlobalReadOnly("numbers") int[] numbers);

  @Kernel("pack_windows")
  PanelKernels packWindows(
      Range range,
      @GlobalReadOnly("a") float[] a,
      @GlobalReadWrite("packed") float[] packed,
      @Arg("firstBatch") int firstBatch,
      @Arg("firstRow") int firstRow,
      @Arg("panels") int panels,
      @GlobalReadOnly("numbers") int[] numbers);

  @Kernel("pack_readers")
  PanelKernels packReaders(
      Range range,
      @GlobalReadOnly("a") float[] a,
      @GlobalReadWrite("packed") float[] packed,
      @Arg("firstBatch") int firstBatch,
      @Arg("firstRow") int firstRow,
      @Arg("panels") int panels,
      @GlobalReadOnly("numbers") int[] numbers);

  @Kernel("pack_taps")
  PanelKernels packTaps(
      Range range,
      @GlobalReadOnly("a") float[] a,
      @GlobalReadWrite("packed") float[] packed,
      @Arg("firstBatch") int firstBatch,
      @Arg("firstRow") int firstRow,
      @Arg("panels") int panels,
      @GlobalReadOnly("numbers") int[] numbers);

  @Kernel("pack_right")
  PanelKernels packRight(
      Range range,
      @GlobalReadOnly("b") float[] b,
      @GlobalReadWrite("packed") float[] packed,
      @Arg("firstBatch") int firstBatch,
      @Arg("strips") int strips,
      @GlobalReadOnly("numbers") int[] numbers);

  @Kernel("pack_turned")
  PanelKernels packTurned(
      Range range,
      @GlobalReadOnly("b") float[] b,
      @GlobalReadWrite("packed") float[] packed,
      @Arg("firstBatch") int firstBatch,
      @Arg("strips") int strips,
      @GlobalReadOnly("numbers") int[] numbers);

  @Kernel("tiles")
  PanelKernels tiles(
      Range range,
      @GlobalReadOnly("left") float[] left,
      @GlobalReadOnly("right") float[] right,
      @GlobalReadWrite("out") float[] out,
      @Arg("firstBatch") int firstBatch,
      @Arg("firstRow") int firstRow,
      @Arg("panels") int panels,
      @Arg("strips") int strips,
      @Arg("rightBatch") int rightBatch,
      @GlobalReadOnly("numbers") int[] numbers);
}
