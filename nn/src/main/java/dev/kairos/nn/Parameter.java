// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn;

import dev.kairos.tensor.DType;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.io.ElementType;
import dev.kairos.tensor.io.NpyArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A trainable tensor with its name, which is the path of modules that leads to it ({@code
 * cas.conv1.weight}).
 *
 * <p>Its tensor lives outside every scope; optimisers write into it. Its first values are drawn
 * when they are first asked for, so a network whose weights are loaded draws none.
 */
public final class Parameter {
  private final String name;
  private final Shape shape;
  private final FileLayout layout;
  private final Engine engine;
  private final Supplier<double[]> first;
  private @Nullable Tensor value;

  Parameter(String name, Shape shape, FileLayout layout, Engine engine, Supplier<double[]> first) {
    this.name = name;
    this.shape = shape;
    this.layout = layout;
    this.engine = engine;
    this.first = first;
  }

  /** The path of modules, joined with dots. */
  public String name() {
    return name;
  }

  /** The shape in memory. */
  public Shape shape() {
    return shape;
  }

  /** The current value. */
  public Tensor value() {
    Tensor now = value;
    if (now == null) {
      now = engine.lasting(shape, first.get());
      value = now;
    }
    return now;
  }

  /**
   * Takes a tensor as its value.
   *
   * @param taken of its shape, outside every scope
   */
  void take(Tensor taken) {
    value = taken;
  }

  /**
   * Overwrites the value.
   *
   * @param array reals, in the shape and layout of files
   */
  void load(NpyArray array) {
    Tensor now = value;
    if (now == null) {
      now = engine.lasting(shape);
      value = now;
    }
    Tensor read =
        engine.real() == DType.FLOAT32 && array.type() == ElementType.F32
            ? engine.tensor(array.toFloats(), array.shape())
            : engine.tensor(array.toDoubles(), array.shape());
    now.assign(layout.swap(read));
  }

  /** How it stands in a weight file. */
  public FileLayout layout() {
    return layout;
  }

  @Override
  public String toString() {
    return name + " " + shape;
  }
}
