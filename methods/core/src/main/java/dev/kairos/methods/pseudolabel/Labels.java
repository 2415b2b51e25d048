// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pseudolabel;

import dev.kairos.methods.training.TrainingData;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.ElementType;
import dev.kairos.tensor.io.Npy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Pseudo labels of every training recording: hard ones, a class for each snippet ({@link
 * PseudoLabels}), or soft ones, a value for each snippet and channel ({@link SoftLabels}). They are
 * either of the same number of uniformly sampled snippets of every recording, or of all snippets of
 * each, at the recording's own length. Immutable.
 *
 * <p>On disk files of one folder: {@value #LABELS}, {@value #RECORDINGS}, the names of the V
 * recordings in the same order, and for own lengths {@value #LENGTHS}, 32-bit integers {@code [V]}.
 * Type and rank of {@value #LABELS} say what they are: 32-bit integers {@code [V,S]} (hard,
 * sampled) or {@code [N]} (hard, own lengths, one recording after the other, N snippets together);
 * 32-bit floats {@code [V,S,K]} or {@code [N,K]} (soft, K channels).
 */
public sealed interface Labels permits PseudoLabels, SoftLabels {
  /** The file of labels. */
  String LABELS = "labels.npy";

  /** The file of names. */
  String RECORDINGS = "recordings.npy";

  /** The file of lengths. */
  String LENGTHS = "lengths.npy";

  /** The names of the recordings. */
  List<String> recordings();

  /** Whether all are of the same number of sampled snippets; else each has its own length. */
  boolean sampled();

  /** How many snippets of a recording have labels: S where they are sampled, else T. */
  int length(int recording);

  /**
   * Writes the files, each whole or not at all, {@value #LABELS} last.
   *
   * @param folder that exists
   */
  void write(Path folder) throws IOException;

  /**
   * Checks that these are labels of the recordings of some data, in its order, and at their own
   * length if they are not sampled.
   *
   * @throws IllegalArgumentException if they are not
   */
  default void requireRecordings(TrainingData data) {
    boolean same = recordings().size() == data.size();
    for (int v = 0; same && v < data.size(); v++) {
      same = recordings().get(v).equals(data.id(v)) && (sampled() || length(v) == data.length(v));
    }
    if (!same) {
      throw new IllegalArgumentException(
          "pseudo labels: made for other data: "
              + this
              + ", not of the "
              + data.size()
              + " recordings at hand");
    }
  }

  /**
   * Reads labels, hard or soft as the file says.
   *
   * @param classes C
   * @param channels K of soft labels, C or with background C + 1
   * @throws DataFormatException KFMT-231 if an array has another type or shape than it should;
   *     KFMT-232 if what they hold are no labels of C classes or K channels
   */
  static Labels read(Path folder, int classes, int channels) throws IOException {
    return Npy.readHeader(folder.resolve(LABELS)).type() == ElementType.F32
        ? SoftLabels.read(folder, channels)
        : PseudoLabels.read(folder, classes);
  }
}
