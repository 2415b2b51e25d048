// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pseudolabel;

import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.ElementType;
import dev.kairos.tensor.io.Npy;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Soft pseudo labels: for every snippet a finite value for each of K channels, the classes and
 * possibly background last. Most are in [0, 1], those of {@link LinProLabels} without bounds of any
 * sign; who needs them there checks that. The values of a snippet need not add up to 1. Immutable.
 */
public final class SoftLabels implements Labels {
  private final LabelRows rows;
  private final float[][] values;
  private final int channels;

  private SoftLabels(LabelRows rows, float[][] values, int channels) {
    this.rows = rows;
    this.values = values;
    this.channels = channels;
    for (int v = 0; v < values.length; v++) {
      for (int i = 0; i < values[v].length; i++) {
        if (!Float.isFinite(values[v][i])) {
          throw new IllegalArgumentException(
              "pseudo labels: recording '"
                  + rows.recordings().get(v)
                  + "', snippet "
                  + (i / channels + ", channel " + i % channels)
                  + ": expected a finite value, found "
                  + values[v][i]);
        }
      }
    }
  }

  /**
   * Labels of as many sampled snippets of each recording, copied.
   *
   * @param recordings names of V recordings, all different
   * @param values {@code [V][S * K]}, a snippet's channels beside each other
   * @param channels K
   * @throws IllegalArgumentException if sizes disagree, a name comes twice or a value is not finite
   */
  public static SoftLabels sampled(List<String> recordings, float[][] values, int channels) {
    return of(recordings, values, channels, true);
  }

  /**
   * Labels of all snippets of each recording, copied.
   *
   * @param recordings names of V recordings, all different
   * @param values {@code [V][T * K]} with the T of each recording
   * @param channels K
   * @throws IllegalArgumentException if a size is no multiple of K, a name comes twice or a value
   *     is not finite
   */
  public static SoftLabels ofOwnLength(List<String> recordings, float[][] values, int channels) {
    return of(recordings, values, channels, false);
  }

  private static SoftLabels of(
      List<String> recordings, float[][] values, int channels, boolean sampled) {
    if (channels < 1) {
      throw new IllegalArgumentException("pseudo labels: needs a channel: " + channels);
    }
    float[][] own = new float[values.length][];
    int[] lengths = new int[own.length];
    for (int v = 0; v < own.length; v++) {
      own[v] = values[v].clone();
      lengths[v] = own[v].length / channels;
      if (lengths[v] * channels != own[v].length) {
        throw new IllegalArgumentException(
            "pseudo labels: row "
                + v
                + " needs a multiple of "
                + channels
                + " values, found "
                + own[v].length);
      }
    }
    return new SoftLabels(new LabelRows(recordings, lengths, sampled), own, channels);
  }

  @Override
  public List<String> recordings() {
    return rows.recordings();
  }

  @Override
  public boolean sampled() {
    return rows.sampled();
  }

  @Override
  public int length(int recording) {
    return rows.length(recording);
  }

  /** K. */
  public int channels() {
    return channels;
  }

  /** The values of one recording, {@code [S * K]} or {@code [T * K]}, a copy. */
  public float[] of(int recording) {
    return values[recording].clone();
  }

  /**
   * Copies the values of some snippets of a recording, row after row.
   *
   * @param snippets their indices among those that have labels
   * @param to changed from {@code at} on
   * @param at place of the first value
   */
  public void copyRows(int recording, int[] snippets, float[] to, int at) {
    for (int i = 0; i < snippets.length; i++) {
      System.arraycopy(values[recording], snippets[i] * channels, to, at + i * channels, channels);
    }
  }

  /**
   * Labels of all snippets, from these of some: each snippet has the values of the nearest that has
   * labels, the first of equally near ones.
   *
   * @param snippets where these labels lie in each recording, ascending
   * @param lengths snippets T of each recording, {@code [V]}
   * @throws IllegalArgumentException if there are not as many places as labels, or not as many
   *     lengths as recordings
   */
  public SoftLabels atOwnLength(int[][] snippets, int[] lengths) {
    if (snippets.length != values.length || lengths.length != values.length) {
      throw new IllegalArgumentException(
          "pseudo labels: needs places and lengths of " + values.length + " recordings: " + this);
    }
    float[][] own = new float[lengths.length][];
    for (int v = 0; v < own.length; v++) {
      if (snippets[v].length != length(v)) {
        throw new IllegalArgumentException(
            "pseudo labels: recording "
                + recordings().get(v)
                + (" needs " + length(v) + " places, found " + snippets[v].length));
      }
      own[v] = new float[lengths[v] * channels];
      copyRows(v, nearest(snippets[v], lengths[v]), own[v], 0);
    }
    return ofOwnLength(recordings(), own, channels);
  }

  /**
   * For each snippet the row of the nearest of some places, the first of equally near ones.
   *
   * @param places ascending, at least one
   * @param length T
   */
  static int[] nearest(int[] places, int length) {
    int[] nearest = new int[length];
    int row = 0;
    for (int t = 0; t < length; t++) {
      for (int i = row + 1; i < places.length && places[i] <= 2 * t - places[row]; i++) {
        row = Math.abs(places[i] - t) < Math.abs(places[row] - t) ? i : row;
      }
      nearest[t] = row;
    }
    return nearest;
  }

  /**
   * Hard labels: the channel of the largest value, the first of equals, where that is at least
   * {@code least}, and none elsewhere.
   *
   * @param classes C, of which channel C is background if there is one: K is C or C + 1
   */
  public PseudoLabels hard(double least, int classes) {
    if (channels != classes && channels != classes + 1) {
      throw new IllegalArgumentException(
          "pseudo labels: " + channels + " channels are not " + classes + " classes");
    }
    int[][] labels = new int[values.length][];
    for (int v = 0; v < labels.length; v++) {
      labels[v] = new int[length(v)];
      for (int t = 0; t < labels[v].length; t++) {
        int best = t * channels;
        for (int i = best + 1; i < (t + 1) * channels; i++) {
          best = values[v][i] > values[v][best] ? i : best;
        }
        labels[v][t] = values[v][best] >= least ? best - t * channels : PseudoLabels.NONE;
      }
    }
    return sampled()
        ? new PseudoLabels(recordings(), labels, classes)
        : PseudoLabels.ofOwnLength(recordings(), labels, classes);
  }

  @Override
  public void write(Path folder) throws IOException {
    rows.write(folder);
    float[] all = new float[Math.multiplyExact(rows.total(), channels)];
    int at = 0;
    for (float[] own : values) {
      System.arraycopy(own, 0, all, at, own.length);
      at += own.length;
    }
    Npy.write(folder.resolve(LABELS), NpyArray.ofFloats(all, rows.shape(channels)));
  }

  /**
   * Reads the files.
   *
   * @param channels K
   * @throws DataFormatException KFMT-231 if an array has another type or shape than it should;
   *     KFMT-232 if what they hold are no labels of K channels
   */
  public static SoftLabels read(Path folder, int channels) throws IOException {
    Path file = folder.resolve(LABELS);
    NpyArray array = Npy.read(file);
    int rank = array.rank();
    if (array.type() != ElementType.F32
        || (rank != 2 && rank != 3)
        || array.dim(rank - 1) != channels) {
      throw DataFormatException.of(
          "KFMT-231",
          file,
          "expected F32 [V,S," + channels + "] or [N," + channels + "], found " + array);
    }
    try {
      LabelRows rows = LabelRows.read(folder, array, 3);
      float[] all = array.toFloats();
      float[][] values = new float[rows.size()][];
      int at = 0;
      for (int v = 0; v < values.length; v++) {
        values[v] = Arrays.copyOfRange(all, at, at + rows.length(v) * channels);
        at += values[v].length;
      }
      return new SoftLabels(rows, values, channels);
    } catch (IllegalArgumentException e) {
      throw DataFormatException.of("KFMT-232", file, String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SoftLabels that
        && channels == that.channels
        && rows.equals(that.rows)
        && Arrays.deepEquals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * rows.hashCode() + Arrays.deepHashCode(values);
  }

  @Override
  public String toString() {
    return "SoftLabels" + rows + " of " + channels + " channels";
  }
}
