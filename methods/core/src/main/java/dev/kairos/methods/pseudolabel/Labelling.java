// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pseudolabel;

import dev.kairos.methods.data.SnippetSampling;
import dev.kairos.methods.training.TrainingData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Labels all training recordings, and says how good labels are. */
public final class Labelling {
  private Labelling() {}

  /** Labels one recording. */
  @FunctionalInterface
  public interface Labeller {
    /**
     * The labels {@code [S]}.
     *
     * @param features of uniformly sampled snippets, {@code [S,D]}
     * @param recordingLabels 1 for the classes that occur, else 0, {@code [C]}
     */
    int[] label(float[] features, float[] recordingLabels);
  }

  /**
   * Labels every recording.
   *
   * @param snippets S
   */
  public static PseudoLabels of(TrainingData data, int snippets, Labeller labeller) {
    List<String> names = new ArrayList<>();
    int[][] labels = new int[data.size()][];
    for (int v = 0; v < labels.length; v++) {
      float[] features = new float[snippets * data.width()];
      data.copyRows(v, SnippetSampling.uniform(snippets, data.length(v)), features, 0);
      names.add(data.id(v));
      labels[v] = labeller.label(features, data.labels(v));
    }
    return new PseudoLabels(names, labels, data.classes());
  }

  /**
   * How good labels are, over all recordings whose segments are annotated. For reports alone.
   *
   * @param labels of the recordings of {@code data}, in its order
   */
  public static LabelQuality quality(TrainingData data, PseudoLabels labels) {
    LabelQuality all = LabelQuality.NONE;
    for (int v = 0; v < data.size(); v++) {
      if (data.hasSegments(v)) {
        int[][] truth = trueClasses(data, v, labels.snippets());
        all = all.plus(LabelQuality.of(labels.of(v), truth, data.classes()));
      }
    }
    return all;
  }

  private static int[][] trueClasses(TrainingData data, int recording, int snippets) {
    int classes = data.classes();
    float[] annotated = data.snippetLabels(recording); // [T,C]
    int[] sampled = SnippetSampling.uniform(snippets, data.length(recording));
    int[][] truth = new int[snippets][];
    for (int t = 0; t < snippets; t++) {
      int[] found = new int[classes];
      int count = 0;
      for (int c = 0; c < classes; c++) {
        if (annotated[sampled[t] * classes + c] > 0) {
          found[count++] = c;
        }
      }
      truth[t] = Arrays.copyOf(found, count);
    }
    return truth;
  }
}
