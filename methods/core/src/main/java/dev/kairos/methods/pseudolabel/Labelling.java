// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pseudolabel;

import dev.kairos.methods.data.SnippetSampling;
import dev.kairos.methods.evaluation.BoundaryErrors;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Segment;
import dev.kairos.methods.tal.SnippetGrid;
import dev.kairos.methods.training.TrainingData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Pseudo-labels all training recordings, and measures the quality of labels. */
public final class Labelling {
  private static final double HALF = 0.5; // least tIoU of what belongs together

  private Labelling() {}

  /** Labels one recording. */
  @FunctionalInterface
  public interface Labeller {
    /**
     * The labels {@code [S]}.
     *
     * @param features of the snippets to label, {@code [S,D]}
     * @param recordingLabels 1 for the classes that occur, else 0, {@code [C]}
     */
    int[] label(float[] features, float[] recordingLabels);
  }

  /** Gives one recording soft labels. */
  @FunctionalInterface
  public interface SoftLabeller {
    /**
     * The values {@code [S * K]}, in [0, 1].
     *
     * @param features of the snippets to label, {@code [S,D]}
     * @param recordingLabels 1 for the classes that occur, else 0, {@code [C]}
     */
    float[] label(float[] features, float[] recordingLabels);
  }

  /**
   * Labels uniformly sampled snippets of every recording.
   *
   * @param snippets S
   */
  public static PseudoLabels of(TrainingData data, int snippets, Labeller labeller) {
    int[][] labels = new int[data.size()][];
    for (int v = 0; v < labels.length; v++) {
      int[] sampled = SnippetSampling.uniform(snippets, data.length(v));
      labels[v] = labeller.label(features(data, v, sampled), data.labels(v));
    }
    return new PseudoLabels(names(data), labels, data.classes());
  }

  /** Labels all snippets of every recording. */
  public static PseudoLabels ofOwnLength(TrainingData data, Labeller labeller) {
    int[][] labels = new int[data.size()][];
    for (int v = 0; v < labels.length; v++) {
      labels[v] = labeller.label(features(data, v, all(data, v)), data.labels(v));
    }
    return PseudoLabels.ofOwnLength(names(data), labels, data.classes());
  }

  /**
   * Gives uniformly sampled snippets of every recording soft labels.
   *
   * @param snippets S
   * @param channels K
   */
  public static SoftLabels soft(
      TrainingData data, int snippets, int channels, SoftLabeller labeller) {
    float[][] values = new float[data.size()][];
    for (int v = 0; v < values.length; v++) {
      int[] sampled = SnippetSampling.uniform(snippets, data.length(v));
      values[v] = labeller.label(features(data, v, sampled), data.labels(v));
    }
    return SoftLabels.sampled(names(data), values, channels);
  }

  /**
   * Gives all snippets of every recording soft labels.
   *
   * @param channels K
   */
  public static SoftLabels softOfOwnLength(TrainingData data, int channels, SoftLabeller labeller) {
    float[][] values = new float[data.size()][];
    for (int v = 0; v < values.length; v++) {
      values[v] = labeller.label(features(data, v, all(data, v)), data.labels(v));
    }
    return SoftLabels.ofOwnLength(names(data), values, channels);
  }

  private static List<String> names(TrainingData data) {
    return IntStream.range(0, data.size()).mapToObj(data::id).toList();
  }

  private static int[] all(TrainingData data, int recording) {
    return IntStream.range(0, data.length(recording)).toArray();
  }

  private static float[] features(TrainingData data, int recording, int[] snippets) {
    float[] features = new float[Math.multiplyExact(snippets.length, data.width())];
    data.copyRows(recording, snippets, features, 0);
    return features;
  }

  /**
   * How far the boundaries of labels are from those of annotated actions, over all recordings whose
   * segments are annotated. An unbroken run of one class is held against the instance of that class
   * with which its tIoU is greatest, if that is at least a half. For reports alone.
   *
   * @param labels of the recordings of {@code data}, in its order
   */
  public static BoundaryErrors boundaries(TrainingData data, PseudoLabels labels) {
    Map<String, List<ActionInstance>> truth = new LinkedHashMap<>();
    Map<String, List<Detection>> found = new LinkedHashMap<>();
    for (int v = 0; v < data.size(); v++) {
      if (data.hasSegments(v)) {
        truth.put(data.id(v), data.instances(v));
        SnippetGrid grid = data.grid(v, labels.length(v));
        found.put(data.id(v), runs(labels.of(v), data.classNames(), grid));
      }
    }
    return BoundaryErrors.of(truth, found, HALF);
  }

  /** The runs of labels of one recording, all as sure. */
  private static List<Detection> runs(int[] labels, List<String> classes, SnippetGrid grid) {
    List<Detection> runs = new ArrayList<>();
    int from = 0;
    for (int t = 1; t <= labels.length; t++) {
      if (t == labels.length || labels[t] != labels[from]) {
        if (labels[from] >= 0 && labels[from] < classes.size()) {
          Segment segment = new Segment(grid.seconds(from), grid.seconds(t));
          runs.add(new Detection(classes.get(labels[from]), segment, 1));
        }
        from = t;
      }
    }
    return runs;
  }

  /**
   * How good labels are, over all recordings whose segments are annotated. For reports alone.
   *
   * @param labels of the recordings of {@code data}, in its order
   */
  public static LabelQuality quality(TrainingData data, PseudoLabels labels) {
    LabelQuality quality = LabelQuality.NONE;
    for (int v = 0; v < data.size(); v++) {
      if (data.hasSegments(v)) {
        int[] snippets =
            labels.sampled()
                ? SnippetSampling.uniform(labels.length(v), data.length(v))
                : all(data, v);
        int[][] truth =
            LabelQuality.trueClasses(data.instances(v), data.classNames(), snippets, data.grid(v));
        quality = quality.plus(LabelQuality.of(labels.of(v), truth, data.classes()));
      }
    }
    return quality;
  }
}
