// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pseudolabel;

import dev.kairos.methods.training.TrainingData;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.ElementType;
import dev.kairos.tensor.io.Npy;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Hard pseudo labels: for every snippet a class {@code 0..C-1}, background {@code C}, or {@link
 * #NONE}. Immutable.
 */
public final class PseudoLabels implements Labels {
  /** Not selected. */
  public static final int NONE = -1;

  private final LabelRows rows;
  private final int[][] labels;
  private final int classes;

  /**
   * Labels of as many sampled snippets of each recording, copied.
   *
   * @param recordings names of V recordings, all different
   * @param labels {@code [V][S]}
   * @param classes C, which is also the label of background
   * @throws IllegalArgumentException if sizes disagree, a name comes twice or a label is none
   */
  public PseudoLabels(List<String> recordings, int[][] labels, int classes) {
    this(rows(recordings, labels, true), labels, classes);
  }

  private PseudoLabels(LabelRows rows, int[][] labels, int classes) {
    this.rows = rows;
    this.classes = classes;
    this.labels = new int[labels.length][];
    for (int v = 0; v < labels.length; v++) {
      this.labels[v] = checked(v, labels[v].clone());
    }
  }

  /**
   * Labels of all snippets of each recording, copied.
   *
   * @param recordings names of V recordings, all different
   * @param labels {@code [V][T]} with the T of each recording
   * @param classes C, which is also the label of background
   * @throws IllegalArgumentException if there are none of a recording, a name comes twice or a
   *     label is none
   */
  public static PseudoLabels ofOwnLength(List<String> recordings, int[][] labels, int classes) {
    return new PseudoLabels(rows(recordings, labels, false), labels, classes);
  }

  private static LabelRows rows(List<String> recordings, int[][] labels, boolean sampled) {
    int[] lengths = Arrays.stream(labels).mapToInt(own -> own.length).toArray();
    return new LabelRows(recordings, lengths, sampled);
  }

  private int[] checked(int v, int[] own) {
    for (int t = 0; t < own.length; t++) {
      if (own[t] < NONE || own[t] > classes) {
        throw new IllegalArgumentException(
            "pseudo labels: recording '"
                + recordings().get(v)
                + "', snippet "
                + t
                + ": expected a label in [-1, "
                + (classes + "], found " + own[t]));
      }
    }
    return own;
  }

  /**
   * Checks that these are labels of sampled snippets of the recordings of some data, in its order.
   *
   * @param snippets S
   * @throws IllegalArgumentException if they are not
   */
  public void requireOf(TrainingData data, int snippets) {
    List<String> names = IntStream.range(0, data.size()).mapToObj(data::id).toList();
    if (!recordings().equals(names)
        || !sampled()
        || length(0) != snippets
        || classes != data.classes()) {
      throw new IllegalArgumentException(
          "pseudo labels: made for other data: "
              + (this + ", expected [" + data.size() + ", " + snippets + "] of ")
              + (data.classes() + " classes and the same recordings"));
    }
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

  /**
   * S, of labels of sampled snippets.
   *
   * @throws IllegalStateException if each recording has its own length
   */
  public int snippets() {
    if (!sampled()) {
      throw new IllegalStateException("pseudo labels: each recording has its own length: " + this);
    }
    return length(0);
  }

  /** C, also the label of background. */
  public int classes() {
    return classes;
  }

  /** The labels of one recording, {@code [S]} or {@code [T]}, a copy. */
  public int[] of(int recording) {
    return labels[recording].clone();
  }

  @Override
  public void write(Path folder) throws IOException {
    rows.write(folder);
    int[] all = Arrays.stream(labels).flatMapToInt(Arrays::stream).toArray();
    Npy.write(folder.resolve(LABELS), NpyArray.ofInts(all, rows.shape(0)));
  }

  /**
   * Reads the files.
   *
   * @param classes C
   * @throws DataFormatException KFMT-231 if an array has another type or shape than it should;
   *     KFMT-232 if what they hold are no labels of C classes
   */
  public static PseudoLabels read(Path folder, int classes) throws IOException {
    Path file = folder.resolve(LABELS);
    NpyArray array = Npy.read(file);
    if (array.type() != ElementType.I32 || (array.rank() != 1 && array.rank() != 2)) {
      throw DataFormatException.of("KFMT-231", file, "expected I32 [V,S] or [N], found " + array);
    }
    try {
      LabelRows rows = LabelRows.read(folder, array, 2);
      int[] all = array.toInts();
      int[][] labels = new int[rows.size()][];
      int at = 0;
      for (int v = 0; v < labels.length; v++) {
        labels[v] = Arrays.copyOfRange(all, at, at + rows.length(v));
        at += labels[v].length;
      }
      return new PseudoLabels(rows, labels, classes);
    } catch (IllegalArgumentException e) {
      throw DataFormatException.of("KFMT-232", file, String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PseudoLabels that
        && classes == that.classes
        && rows.equals(that.rows)
        && Arrays.deepEquals(labels, that.labels);
  }

  @Override
  public int hashCode() {
    return 31 * rows.hashCode() + Arrays.deepHashCode(labels);
  }

  @Override
  public String toString() {
    return "PseudoLabels" + rows + " of " + classes + " classes";
  }
}
