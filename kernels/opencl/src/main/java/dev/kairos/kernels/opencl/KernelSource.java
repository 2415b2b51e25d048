// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import dev.kairos.kernels.MapFunction;
import dev.kairos.kernels.ReduceFunction;
import dev.kairos.kernels.ZipFunction;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The texts of the kernels: all that a device is ever asked to compile. */
public final class KernelSource {
  private KernelSource() {}

  /** All units. */
  static List<KernelUnit> units(KernelShape shape) {
    List<KernelUnit> units = new ArrayList<>();
    for (MapFunction f : MapFunction.values()) {
      units.add(ElementwiseSource.unit(f));
    }
    for (ZipFunction f : ZipFunction.values()) {
      units.add(ElementwiseSource.unit(f));
    }
    for (ReduceFunction f : ReduceFunction.values()) {
      units.add(ElementwiseSource.unit(f));
    }
    String common = resource("common.cl");
    units.add(new KernelUnit(common + resource("memory.cl"), List.of("fill", "copy", "copy_rows")));
    String rows = common + resource("elementwise.cl") + resource("rows.cl");
    units.add(
        new KernelUnit(
            rows + resource("softmax.cl"),
            List.of(
                "row_softmax",
                "row_log_softmax",
                "row_softmax_gradient",
                "row_log_softmax_gradient")));
    units.add(
        new KernelUnit(
            rows + resource("normalize.cl"),
            List.of(
                "row_normalize",
                "row_layer_norm",
                "row_l2_normalize",
                "row_normalize_gradient",
                "row_l2_normalize_gradient")));
    units.add(new KernelUnit(rows + resource("largest.cl"), List.of("top_threshold", "top_ranks")));
    units.add(
        new KernelUnit(
            resource("selection.cl"),
            List.of("gather", "scatter", "resample", "resample_transpose")));
    units.add(
        new KernelUnit(
            common + resource("update.cl"), List.of("adam", "sgd", "dropout", "dropout_flat")));
    units.add(new KernelUnit(resource("solve.cl"), List.of("solve", "unmark")));
    units.add(products(shape));
    return units;
  }

  /** Products and convolutions. */
  public static KernelUnit products(KernelShape shape) {
    return shape.tile().isPresent()
        ? new KernelUnit(
            resource("products.cl") + resource("tiles_gpu.cl"),
            List.of("matmul", "conv1d", "conv1d_input_gradient", "conv1d_weight_gradient"))
        : new KernelUnit(
            resource("products.cl") + resource("tiles_cpu.cl"),
            List.of(
                "pack_matrix",
                "pack_windows",
                "pack_readers",
                "pack_taps",
                "pack_right",
                "pack_turned",
                "tiles"));
  }

  /** Tells the width of a processor's vectors. */
  public static KernelUnit lanes() {
    return new KernelUnit(resource("lanes.cl"), List.of("lanes"));
  }

  /** A text beside this class. */
  static String resource(String name) {
    try (InputStream in = KernelSource.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("kernels: " + name + " is missing beside this class");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("kernels: " + name, e);
    }
  }

  /**
   * Options for the compiler: quotients and roots rounded as on the host where the device can, and
   * nothing that changes what NaN and infinities do.
   */
  static String options(DeviceInfo info) {
    return info.exactQuotients()
        ? "-cl-std=CL1.2 -cl-fp32-correctly-rounded-divide-sqrt"
        : "-cl-std=CL1.2";
  }
}
