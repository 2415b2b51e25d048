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
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A pseudo label for every sampled snippet of every training recording: a class {@code 0..C-1},
 * background {@code C}, or {@link #NONE}. Immutable.
 *
 * <p>On disk two files of a folder: {@value #LABELS}, 32-bit integers {@code [V,S]}, and {@value
 * #RECORDINGS}, the names of the V recordings in the same order.
 */
public final class PseudoLabels {
  /** Not selected. */
  public static final int NONE = -1;

  /** The file of labels. */
  public static final String LABELS = "labels.npy";

  /** The file of names. */
  public static final String RECORDINGS = "recordings.npy";

  private final List<String> recordings;
  private final int[][] labels;
  private final int classes;

  /**
   * Labels, copied.
   *
   * @param recordings names of V recordings, all different
   * @param labels {@code [V][S]}
   * @param classes C, which is also the label of background
   * @throws IllegalArgumentException if sizes disagree, a name comes twice or a label is none
   */
  public PseudoLabels(List<String> recordings, int[][] labels, int classes) {
    this.recordings = List.copyOf(recordings);
    this.classes = classes;
    this.labels = new int[labels.length][];
    if (labels.length == 0 || recordings.size() != labels.length) {
      throw new IllegalArgumentException(
          "pseudo labels: needs labels of each of at least one recording: "
              + (recordings.size() + " recordings, " + labels.length + " rows of labels"));
    }
    if (new HashSet<>(recordings).size() < recordings.size()) {
      throw new IllegalArgumentException("pseudo labels: a recording comes twice: " + recordings);
    }
    for (int v = 0; v < labels.length; v++) {
      this.labels[v] = checked(v, labels[v].clone(), labels[0].length);
    }
  }

  private int[] checked(int v, int[] own, int snippets) {
    if (own.length != snippets || snippets == 0) {
      throw new IllegalArgumentException(
          "pseudo labels: recording '"
              + recordings.get(v)
              + "' needs as many labels as the first, at least one: "
              + (own.length + ", the first has " + snippets));
    }
    for (int t = 0; t < own.length; t++) {
      if (own[t] < NONE || own[t] > classes) {
        throw new IllegalArgumentException(
            "pseudo labels: recording '"
                + recordings.get(v)
                + "', snippet "
                + t
                + ": expected a label in [-1, "
                + (classes + "], found " + own[t]));
      }
    }
    return own;
  }

  /**
   * Checks that these are labels of the recordings of some data, in its order.
   *
   * @param snippets S
   * @throws IllegalArgumentException if they are not
   */
  public void requireOf(TrainingData data, int snippets) {
    List<String> names = IntStream.range(0, data.size()).mapToObj(data::id).toList();
    if (!recordings.equals(names) || snippets() != snippets || classes != data.classes()) {
      throw new IllegalArgumentException(
          "pseudo labels: made for other data: "
              + (this + ", expected [" + data.size() + ", " + snippets + "] of ")
              + (data.classes() + " classes and the same recordings"));
    }
  }

  /** The names of the recordings. */
  public List<String> recordings() {
    return recordings;
  }

  /** S. */
  public int snippets() {
    return labels[0].length;
  }

  /** C, also the label of background. */
  public int classes() {
    return classes;
  }

  /** The labels of one recording, {@code [S]}, a copy. */
  public int[] of(int recording) {
    return labels[recording].clone();
  }

  /**
   * Writes both files, each whole or not at all, {@value #LABELS} last.
   *
   * @param folder that exists
   */
  public void write(Path folder) throws IOException {
    Npy.write(
        folder.resolve(RECORDINGS),
        NpyArray.ofStrings(recordings.toArray(String[]::new), recordings.size()));
    int[] all = Arrays.stream(labels).flatMapToInt(Arrays::stream).toArray();
    Npy.write(folder.resolve(LABELS), NpyArray.ofInts(all, labels.length, snippets()));
  }

  /**
   * Reads both files.
   *
   * @param classes C
   * @throws DataFormatException KFMT-231 if an array has another type or shape than it should;
   *     KFMT-232 if what they hold are no labels of C classes
   */
  public static PseudoLabels read(Path folder, int classes) throws IOException {
    Path labelFile = folder.resolve(LABELS);
    NpyArray labels = Npy.read(labelFile);
    require(labelFile, labels, ElementType.I32, 2, "[V,S]");
    Path nameFile = folder.resolve(RECORDINGS);
    NpyArray names = Npy.read(nameFile);
    require(nameFile, names, ElementType.STRING, 1, "[V]");
    int[] all = labels.toInts();
    int snippets = labels.dim(1);
    int[][] rows = new int[labels.dim(0)][];
    for (int v = 0; v < rows.length; v++) {
      rows[v] = Arrays.copyOfRange(all, v * snippets, (v + 1) * snippets);
    }
    try {
      return new PseudoLabels(List.of(names.toStrings()), rows, classes);
    } catch (IllegalArgumentException e) {
      throw DataFormatException.of("KFMT-232", labelFile, String.valueOf(e.getMessage()), e);
    }
  }

  private static void require(
      Path file, NpyArray array, ElementType type, int rank, String letters) {
    if (array.type() != type || array.rank() != rank) {
      throw DataFormatException.of(
          "KFMT-231", file, "expected " + type + " " + letters + ", found " + array);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PseudoLabels that
        && classes == that.classes
        && recordings.equals(that.recordings)
        && Arrays.deepEquals(labels, that.labels);
  }

  @Override
  public int hashCode() {
    return 31 * recordings.hashCode() + Arrays.deepHashCode(labels);
  }

  @Override
  public String toString() {
    return "PseudoLabels[" + labels.length + ", " + snippets() + "] of " + classes + " classes";
  }
}
