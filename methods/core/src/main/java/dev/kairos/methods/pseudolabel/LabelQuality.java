// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pseudolabel;

import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.SnippetGrid;
import java.util.Arrays;
import java.util.List;

/**
 * Precision and recall of pseudo labels, pooled over all snippets of all recordings. A label is
 * correct if it is among the true classes of its snippet, or is background and there are none.
 * Serves reports; no training may depend on it.
 *
 * @param selected snippets with a label
 * @param correct snippets with a correct label
 * @param total all snippets
 */
public record LabelQuality(long selected, long correct, long total) {
  /** Nothing counted yet. */
  public static final LabelQuality NONE = new LabelQuality(0, 0, 0);

  /** Checks that the counts contain each other. */
  public LabelQuality {
    if (correct < 0 || correct > selected || selected > total) {
      throw new IllegalArgumentException(
          "label quality: needs 0 <= correct <= selected <= total: "
              + (correct + ", " + selected + ", " + total));
    }
  }

  /**
   * The true classes of each sampled snippet: those of all instances whose {@code [start, end)}
   * holds the centre of the snippet. Empty means background.
   *
   * @param instances the annotation of one recording
   * @param classNames classes in the order of their indices
   * @param snippets for each sampled snippet its index on the grid (uniform sampling)
   * @param grid how the snippets of this recording lie in time
   * @return {@code [T][..]}, class indices ascending and distinct
   * @throws IllegalArgumentException if an instance has a label that is not a class
   */
  public static int[][] trueClasses(
      List<ActionInstance> instances, List<String> classNames, int[] snippets, SnippetGrid grid) {
    int[] labels = new int[instances.size()];
    for (int n = 0; n < labels.length; n++) {
      String label = instances.get(n).label();
      labels[n] = classNames.indexOf(label);
      if (labels[n] < 0) {
        throw new IllegalArgumentException(
            "label quality: \"" + label + "\" is not one of the classes " + classNames);
      }
    }
    int[][] classes = new int[snippets.length][];
    for (int t = 0; t < snippets.length; t++) {
      classes[t] = at(grid.centre(snippets[t]), instances, labels);
    }
    return classes;
  }

  private static int[] at(double seconds, List<ActionInstance> instances, int[] labels) {
    int count = 0;
    int[] found = new int[labels.length];
    for (int n = 0; n < labels.length; n++) {
      if (instances.get(n).segment().contains(seconds)) {
        found[count++] = labels[n];
      }
    }
    return Arrays.stream(found, 0, count).sorted().distinct().toArray();
  }

  /**
   * Counts one recording.
   *
   * @param labels pseudo labels {@code [T]}: class index, {@code background}, or negative where
   *     nothing was selected
   * @param trueClasses as {@link #trueClasses} gives them, {@code [T][..]}
   * @param background the index of background
   */
  public static LabelQuality of(int[] labels, int[][] trueClasses, int background) {
    if (labels.length != trueClasses.length) {
      throw new IllegalArgumentException(
          "label quality: as many labels as snippets: "
              + labels.length
              + " != "
              + trueClasses.length);
    }
    long selected = 0;
    long correct = 0;
    for (int t = 0; t < labels.length; t++) {
      if (labels[t] > background) {
        throw new IllegalArgumentException(
            "label quality: label of snippet "
                + t
                + " is beyond background "
                + background
                + ": "
                + labels[t]);
      }
      if (labels[t] >= 0) {
        selected++;
        correct += isCorrect(labels[t], trueClasses[t], background) ? 1 : 0;
      }
    }
    return new LabelQuality(selected, correct, labels.length);
  }

  private static boolean isCorrect(int label, int[] trueClasses, int background) {
    if (label == background) {
      return trueClasses.length == 0;
    }
    for (int trueClass : trueClasses) {
      if (trueClass == label) {
        return true;
      }
    }
    return false;
  }

  /** Both counted together. */
  public LabelQuality plus(LabelQuality other) {
    return new LabelQuality(
        selected + other.selected, correct + other.correct, total + other.total);
  }

  /** Correct labels among the selected; 0 if none is selected. */
  public double precision() {
    return selected == 0 ? 0 : (double) correct / selected;
  }

  /** Correct labels among all snippets; 0 if there are none. */
  public double recall() {
    return total == 0 ? 0 : (double) correct / total;
  }
}
