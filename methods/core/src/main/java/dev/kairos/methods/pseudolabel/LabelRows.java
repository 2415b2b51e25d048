// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pseudolabel;

import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.ElementType;
import dev.kairos.tensor.io.Npy;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/** Of which snippets of which recordings labels are. */
final class LabelRows {
  private final List<String> recordings;
  private final int[] lengths;
  private final boolean sampled;

  /**
   * Rows of labels.
   *
   * @param recordings names of V recordings, at least one, all different
   * @param lengths snippets of each, at least one, {@code [V]}, not copied; equal where they are
   *     sampled
   * @param sampled whether the same number is sampled from each recording
   */
  LabelRows(List<String> recordings, int[] lengths, boolean sampled) {
    this.recordings = List.copyOf(recordings);
    this.lengths = lengths;
    this.sampled = sampled;
    if (lengths.length == 0 || recordings.size() != lengths.length) {
      throw new IllegalArgumentException(
          "pseudo labels: needs labels of each of at least one recording: "
              + (recordings.size() + " recordings, " + lengths.length + " rows of labels"));
    }
    if (new HashSet<>(recordings).size() < recordings.size()) {
      throw new IllegalArgumentException("pseudo labels: a recording comes twice: " + recordings);
    }
    for (int v = 0; v < lengths.length; v++) {
      if (lengths[v] < 1 || (sampled && lengths[v] != lengths[0])) {
        throw new IllegalArgumentException(
            "pseudo labels: recording '"
                + recordings.get(v)
                + "' needs "
                + (sampled ? "as many labels as the first, " : "")
                + "at least one: "
                + (lengths[v] + ", the first has " + lengths[0]));
      }
    }
  }

  List<String> recordings() {
    return recordings;
  }

  boolean sampled() {
    return sampled;
  }

  /** V. */
  int size() {
    return lengths.length;
  }

  int length(int recording) {
    return lengths[recording];
  }

  /** How many snippets there are together. */
  int total() {
    return Arrays.stream(lengths).reduce(0, Math::addExact);
  }

  /** The shape of labels in the file, of K channels; none are mentioned where K is 0. */
  int[] shape(int channels) {
    int[] rows = sampled ? new int[] {lengths.length, lengths[0]} : new int[] {total()};
    int[] shape = Arrays.copyOf(rows, rows.length + (channels > 0 ? 1 : 0));
    if (channels > 0) {
      shape[rows.length] = channels;
    }
    return shape;
  }

  /** Writes the names, and own lengths. */
  void write(Path folder) throws IOException {
    int size = recordings.size();
    Npy.write(
        folder.resolve(Labels.RECORDINGS),
        NpyArray.ofStrings(recordings.toArray(String[]::new), size));
    if (!sampled) {
      Npy.write(folder.resolve(Labels.LENGTHS), NpyArray.ofInts(lengths, size));
    }
  }

  /**
   * Reads the names, and own lengths.
   *
   * @param labels what the file of labels holds
   * @param rank of sampled labels; that of own lengths is one less
   * @throws IllegalArgumentException if these do not belong together
   */
  static LabelRows read(Path folder, NpyArray labels, int rank) throws IOException {
    List<String> names = List.of(array(folder, Labels.RECORDINGS, ElementType.STRING).toStrings());
    int[] lengths;
    boolean sampled = labels.rank() == rank;
    if (sampled) {
      lengths = new int[labels.dim(0)];
      Arrays.fill(lengths, labels.dim(1));
    } else {
      lengths = array(folder, Labels.LENGTHS, ElementType.I32).toInts();
      long total = Arrays.stream(lengths).asLongStream().sum();
      if (total != labels.dim(0)) {
        throw new IllegalArgumentException(
            "pseudo labels: "
                + Labels.LENGTHS
                + " speaks of "
                + (total + " snippets together, found labels of " + labels.dim(0)));
      }
    }
    return new LabelRows(names, lengths, sampled);
  }

  private static NpyArray array(Path folder, String name, ElementType type) throws IOException {
    Path file = folder.resolve(name);
    NpyArray array = Npy.read(file);
    if (array.type() != type || array.rank() != 1) {
      throw DataFormatException.of("KFMT-231", file, "expected " + type + " [V], found " + array);
    }
    return array;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LabelRows that
        && sampled == that.sampled
        && recordings.equals(that.recordings)
        && Arrays.equals(lengths, that.lengths);
  }

  @Override
  public int hashCode() {
    return 31 * recordings.hashCode() + Arrays.hashCode(lengths);
  }

  @Override
  public String toString() {
    return sampled
        ? "[" + lengths.length + ", " + lengths[0] + "]"
        : "[" + lengths.length + ", own lengths of " + total() + " together]";
  }
}
