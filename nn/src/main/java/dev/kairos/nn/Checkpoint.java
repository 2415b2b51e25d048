// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn;

import dev.kairos.tensor.DType;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.ElementType;
import dev.kairos.tensor.io.NpyArray;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Converts weights to the named arrays of a safetensors file and back. Names are module paths and
 * axes stand as PyTorch has them, so that files travel both ways; numbers keep their bits.
 */
public final class Checkpoint {
  private static final Set<ElementType> REALS =
      Set.of(ElementType.F16, ElementType.BF16, ElementType.F32, ElementType.F64);
  private static final String OTHER_MODEL = "the file belongs to another model or configuration";

  private Checkpoint() {}

  /** The current weights by name, copied. */
  public static Map<String, NpyArray> arrays(Parameters parameters) {
    return arrays(parameters.all());
  }

  /** Some current weights by name, copied. */
  public static Map<String, NpyArray> arrays(List<Parameter> parameters) {
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      arrays.put(parameter.name(), array(parameter.layout().swap(parameter.value())));
    }
    return arrays;
  }

  /** A tensor's elements in row order, in its own precision. */
  public static NpyArray array(Tensor tensor) {
    int[] shape = tensor.shape().sizes();
    return tensor.dtype() == DType.FLOAT64
        ? NpyArray.ofDoubles(tensor.toDoubles(), shape)
        : NpyArray.ofFloats(tensor.toFloats(), shape);
  }

  /**
   * Overwrites all weights.
   *
   * @param arrays at least one for each weight, in the layout of files
   * @param file where they come from, for messages
   * @throws DataFormatException naming a weight that is missing, has another shape or is not of
   *     reals; then no weight was changed
   */
  public static void load(Parameters parameters, Map<String, NpyArray> arrays, Path file) {
    load(parameters.all(), arrays, file);
  }

  /** Overwrites some weights; otherwise as {@link #load(Parameters, Map, Path)}. */
  public static void load(List<Parameter> parameters, Map<String, NpyArray> arrays, Path file) {
    for (Parameter parameter : parameters) {
      int[] expected = parameter.layout().swap(parameter.shape()).sizes();
      check(parameter.name(), expected, arrays.get(parameter.name()), file);
    }
    for (Parameter parameter : parameters) {
      NpyArray array = arrays.get(parameter.name());
      if (array != null) {
        parameter.load(array);
      }
    }
  }

  private static void check(String name, int[] expected, @Nullable NpyArray found, Path file) {
    if (found == null) {
      throw DataFormatException.of("KFMT-301", file, "tensor " + name + " is missing", OTHER_MODEL);
    }
    if (!Arrays.equals(found.shape(), expected)) {
      throw DataFormatException.of(
          "KFMT-302",
          file,
          "tensor "
              + name
              + ": expected shape "
              + Arrays.toString(expected)
              + ", found "
              + Arrays.toString(found.shape()),
          OTHER_MODEL);
    }
    if (!REALS.contains(found.type())) {
      throw DataFormatException.of(
          "KFMT-303", file, "tensor " + name + ": expected real numbers, found " + found.type());
    }
  }

  /**
   * Overwrites a tensor that is no weight, such as an optimiser's moment, from a named array.
   *
   * @throws DataFormatException naming it if it is missing, has another shape or is not of reals
   */
  public static void load(Tensor target, String name, Map<String, NpyArray> arrays, Path file) {
    NpyArray array = arrays.get(name);
    check(name, target.shape().sizes(), array, file);
    if (array != null) {
      target.assign(target.engine().tensor(array.toDoubles(), array.shape()));
    }
  }
}
