// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn;

import dev.kairos.tensor.DType;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.io.ElementType;
import dev.kairos.tensor.io.NpyArray;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The weights of a trained network that belong to no engine and never change. Any number of engines
 * can compute with them, each in a thread of its own; on the host in single precision they all read
 * the same memory.
 */
public final class SharedWeights {
  private final Map<String, float[]> singles = new LinkedHashMap<>(); // in the order of memory
  private final Map<String, double[]> doubles = new LinkedHashMap<>();

  private SharedWeights() {}

  /** The weights as they are now, copied. */
  public static SharedWeights of(Parameters parameters) {
    SharedWeights weights = new SharedWeights();
    for (Parameter parameter : parameters.all()) {
      Tensor value = parameter.value();
      if (value.dtype() == DType.FLOAT64) {
        weights.doubles.put(parameter.name(), value.toDoubles());
      } else {
        weights.singles.put(parameter.name(), value.toFloats());
      }
    }
    return weights;
  }

  /** The same weights from a file's tensors, see {@link #tensors}. */
  public static SharedWeights ofTensors(Map<String, NpyArray> tensors) {
    SharedWeights weights = new SharedWeights();
    tensors.forEach(
        (name, tensor) -> {
          if (tensor.type() == ElementType.F64) {
            weights.doubles.put(name, tensor.toDoubles());
          } else {
            weights.singles.put(name, tensor.toFloats());
          }
        });
    return weights;
  }

  /** The weights by name for a file, each in a row, whatever its shape. */
  public Map<String, NpyArray> tensors() {
    Map<String, NpyArray> tensors = new LinkedHashMap<>();
    singles.forEach((name, values) -> tensors.put(name, NpyArray.ofFloats(values, values.length)));
    doubles.forEach((name, values) -> tensors.put(name, NpyArray.ofDoubles(values, values.length)));
    return tensors;
  }

  /**
   * Gives a network of the same shape these weights, to read and not to train.
   *
   * @throws IllegalArgumentException if it has a weight that is not among them, or has another
   *     number of elements
   */
  public void giveTo(Parameters parameters) {
    Engine engine = parameters.engine();
    for (Parameter parameter : parameters.all()) {
      parameter.take(value(engine, parameter));
    }
  }

  private Tensor value(Engine engine, Parameter parameter) {
    float[] single = singles.get(parameter.name());
    if (single != null) {
      return engine.shared(parameter.shape(), single);
    }
    double[] wide = doubles.get(parameter.name());
    if (wide == null) {
      throw new IllegalArgumentException("shared weights: there is no " + parameter.name());
    }
    return engine.lasting(parameter.shape(), wide);
  }
}
