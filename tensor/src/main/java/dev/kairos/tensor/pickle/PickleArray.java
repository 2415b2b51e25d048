// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.pickle;

import dev.kairos.tensor.io.NpyArray;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A NumPy array: of numbers or texts, or of objects. */
public final class PickleArray implements PickleValue {
  private int[] shape = {};
  private @Nullable NpyArray plain;
  private @Nullable List<PickleValue> objects;

  /** One that gets its content later, as NumPy's own do. */
  PickleArray() {}

  PickleArray(NpyArray content) {
    set(content);
  }

  void set(NpyArray content) {
    this.shape = content.shape();
    this.plain = content;
    this.objects = null;
  }

  void set(int[] lengths, List<PickleValue> content) {
    this.shape = lengths;
    this.objects = content;
    this.plain = null;
  }

  boolean isFilled() {
    return plain != null || objects != null;
  }

  /** Lengths of the axes. */
  public int[] shape() {
    return shape.clone();
  }

  /** Whether elements are values of any kind instead of numbers or texts of one type. */
  public boolean isObjects() {
    return objects != null;
  }

  /**
   * The elements of an array of objects, in C order.
   *
   * @throws IllegalStateException for one of numbers or texts
   */
  public List<PickleValue> objects() {
    if (objects == null) {
      throw new IllegalStateException("array: no objects in " + describe());
    }
    return objects;
  }

  /**
   * An array of numbers or texts.
   *
   * @throws IllegalStateException for one of objects
   */
  public NpyArray plain() {
    if (plain == null) {
      throw new IllegalStateException("array: no numbers in " + describe());
    }
    return plain;
  }

  @Override
  public String describe() {
    return "an array " + (plain == null ? "of objects " + Arrays.toString(shape) : plain);
  }
}
