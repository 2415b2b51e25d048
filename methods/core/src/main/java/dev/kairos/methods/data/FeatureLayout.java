// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

/**
 * How an array in a file becomes the features {@code [T, D]} of a stream. Axes of length 1 beyond
 * two are left out in any case.
 *
 * @param transposed whether the file has a column for every snippet, {@code [D, T]}
 * @param crops what becomes of several crops of every snippet, {@code [T, 10, D]} or {@code [10, T,
 *     D]}
 * @param firstColumn where the stream begins in a wider array, from 0
 * @param columns how many columns are taken, 0 for all
 */
public record FeatureLayout(boolean transposed, Crops crops, int firstColumn, int columns) {
  /** {@code [T, D]} as it is. */
  public static final FeatureLayout PLAIN = new FeatureLayout(false, Crops.NONE, 0, 0);

  /** Checks the columns. */
  public FeatureLayout {
    if (firstColumn < 0 || columns < 0 || (columns == 0 && firstColumn > 0)) {
      throw new IllegalArgumentException(
          "layout: columns from 0 on, a number of them or all: first "
              + firstColumn
              + ", "
              + columns
              + " columns");
    }
  }

  /** The same with a column for every snippet. */
  public FeatureLayout withTransposed() {
    return new FeatureLayout(true, crops, firstColumn, columns);
  }

  /** The same for an array with crops. */
  public FeatureLayout withCrops(Crops kept) {
    return new FeatureLayout(transposed, kept, firstColumn, columns);
  }

  /** The same for columns {@code [first, first + count)}. */
  public FeatureLayout withColumns(int first, int count) {
    return new FeatureLayout(transposed, crops, first, count);
  }
}
