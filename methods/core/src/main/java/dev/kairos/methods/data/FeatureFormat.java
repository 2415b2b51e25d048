// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A kind of files that hold features. Those of NumPy, PyTorch, pickles and texts are built in; more
 * are announced through {@link java.util.ServiceLoader}, by a public constructor without
 * parameters.
 */
public interface FeatureFormat {
  /** How names of such files end, in lower case with the dot: {@code .h5}. */
  Set<String> endings();

  /**
   * The arrays of numbers in a file, in its order. Arrays of truth values and texts may be among
   * them; they cannot be read as features.
   *
   * @throws dev.kairos.tensor.io.DataFormatException if the file breaks the format
   */
  List<ArrayInfo> list(Path file) throws IOException;

  /**
   * One of the arrays that {@link #list} gave, with its values.
   *
   * @throws dev.kairos.tensor.io.DataFormatException if the file breaks the format
   */
  StoredArray read(Path file, ArrayInfo array) throws IOException;
}
