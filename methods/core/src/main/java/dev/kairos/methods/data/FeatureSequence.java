// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import java.util.Arrays;
import java.util.List;

/** The features of one recording: {@code [T, D]}, a row per snippet, all values finite. */
public final class FeatureSequence {
  private final int length;
  private final int width;
  private final float[] values;

  private FeatureSequence(int length, int width, float[] values) {
    this.length = length;
    this.width = width;
    this.values = values;
  }

  /**
   * Takes a copy of the values.
   *
   * @param length snippets T, at least 1
   * @param width values per snippet D, at least 1
   * @param values row by row, {@code length * width} of them
   * @throws IllegalArgumentException if the sizes do not fit or a value is not finite; the message
   *     names the row and column of the first
   */
  public static FeatureSequence of(int length, int width, float[] values) {
    return adopt(length, width, values.clone());
  }

  /**
   * Takes a copy of a matrix, or of several side by side.
   *
   * @param streams each {@code [T, D_i]}, a row per snippet
   * @return {@code [T, sum of D_i]}
   * @throws IllegalArgumentException if rows differ in length, matrices in their number of rows, or
   *     a value is not finite
   */
  public static FeatureSequence of(float[][]... streams) {
    return concat(Arrays.stream(streams).map(FeatureSequence::ofRows).toList());
  }

  private static FeatureSequence ofRows(float[][] rows) {
    int width = rows.length == 0 ? 0 : rows[0].length;
    float[] values = new float[Math.multiplyExact(rows.length, width)];
    for (int t = 0; t < rows.length; t++) {
      if (rows[t].length != width) {
        throw new IllegalArgumentException(
            "features: row 0 has %d values, row %d has %d".formatted(width, t, rows[t].length));
      }
      System.arraycopy(rows[t], 0, values, t * width, width);
    }
    return adopt(rows.length, width, values);
  }

  /** The same without a copy: for callers inside the package that let go of the array. */
  static FeatureSequence adopt(int length, int width, float[] values) {
    FeatureSequence features = ofFinite(length, width, values);
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException(notFinite(i / width, i % width, values[i]));
      }
    }
    return features;
  }

  static String notFinite(int row, int column, float value) {
    return "row %d, column %d is %s, expected a finite number".formatted(row, column, value);
  }

  /** The same for callers that have looked at every value. */
  static FeatureSequence ofFinite(int length, int width, float[] values) {
    if (length < 1 || width < 1 || (long) length * width != values.length) {
      throw new IllegalArgumentException(
          "features: needs T >= 1, D >= 1 and T * D values: T %d, D %d, %d values"
              .formatted(length, width, values.length));
    }
    return new FeatureSequence(length, width, values);
  }

  /** Number of snippets T. */
  public int length() {
    return length;
  }

  /** Values per snippet D. */
  public int width() {
    return width;
  }

  /** One value. */
  public float get(int snippet, int column) {
    return values[checkRow(snippet) + checkColumn(column)];
  }

  /** A copy of all values, row by row {@code [T, D]}. */
  public float[] values() {
    return values.clone();
  }

  /**
   * Copies the rows of some snippets, one after the other.
   *
   * @param target changed from {@code offset} on
   */
  public void copyRows(int[] snippets, float[] target, int offset) {
    for (int i = 0; i < snippets.length; i++) {
      copyRow(snippets[i], target, offset + i * width);
    }
  }

  /** Copies one row into {@code target[offset .. offset + D)}. */
  public void copyRow(int snippet, float[] target, int offset) {
    System.arraycopy(values, checkRow(snippet), target, offset, width);
  }

  private int checkRow(int snippet) {
    if (snippet < 0 || snippet >= length) {
      throw new IllegalArgumentException(
          "features: no snippet " + snippet + " in " + this + " (T,D)");
    }
    return snippet * width;
  }

  private int checkColumn(int column) {
    if (column < 0 || column >= width) {
      throw new IllegalArgumentException(
          "features: no column " + column + " in " + this + " (T,D)");
    }
    return column;
  }

  /** The first snippets: the same sequence where {@code newLength} is its length. */
  public FeatureSequence first(int newLength) {
    if (newLength < 1 || newLength > length) {
      throw new IllegalArgumentException(
          "features: cannot keep the first " + newLength + " snippets of " + this + " (T,D)");
    }
    return newLength == length
        ? this
        : new FeatureSequence(newLength, width, Arrays.copyOf(values, newLength * width));
  }

  /** Some neighbouring columns: {@code [T, count]}. */
  FeatureSequence columns(int from, int count) {
    if (from == 0 && count == width) {
      return this;
    }
    float[] part = new float[Math.multiplyExact(length, count)];
    for (int t = 0; t < length; t++) {
      System.arraycopy(values, t * width + from, part, t * count, count);
    }
    return new FeatureSequence(length, count, part);
  }

  /**
   * The rows with these indices, in this order, repeats allowed: {@code [rows.length, D]}.
   *
   * @param rows at least one snippet index
   */
  public FeatureSequence select(int[] rows) {
    if (rows.length < 1) {
      throw new IllegalArgumentException("features: needs at least one row to select");
    }
    float[] selected = new float[Math.multiplyExact(rows.length, width)];
    copyRows(rows, selected, 0);
    return new FeatureSequence(rows.length, width, selected);
  }

  /**
   * Early fusion: the streams side by side along the columns, in the order given.
   *
   * @param streams sequences {@code [T, D_i]} of equal length
   * @return {@code [T, sum of D_i]}
   */
  public static FeatureSequence concat(List<FeatureSequence> streams) {
    if (streams.isEmpty()) {
      throw new IllegalArgumentException("features: needs at least one stream to join");
    }
    int length = streams.get(0).length;
    int total = 0;
    for (FeatureSequence stream : streams) {
      if (stream.length != length) {
        throw new IllegalArgumentException(
            "features: streams to join must be of equal length: " + streams + " (T,D)");
      }
      total += stream.width;
    }
    float[] joined = new float[Math.multiplyExact(length, total)];
    for (int t = 0; t < length; t++) {
      int at = t * total;
      for (FeatureSequence stream : streams) {
        stream.copyRow(t, joined, at);
        at += stream.width;
      }
    }
    return new FeatureSequence(length, total, joined);
  }

  @Override
  public String toString() {
    return "[" + length + ", " + width + "]";
  }
}
