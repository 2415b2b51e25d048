// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.SnippetGrid;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The recordings a training may draw from, with their features joined over the streams. Recordings
 * without any label are left out. The first recordings that are drawn are read whole and kept in
 * memory, up to a budget; of the others only the snippets that are asked for are read, each time.
 * Can be used by several threads.
 */
public final class TrainingData {
  private final Dataset dataset;
  private final List<Recording> recordings = new ArrayList<>();
  private final List<String> unlabelled = new ArrayList<>();
  private final int[] lengths;
  private final @Nullable FeatureSequence[] kept;
  private final BatchArrays arrays = new BatchArrays();
  private long budget;

  /**
   * The labelled recordings of a subset. The headers of their feature files are read.
   *
   * @param subset for example {@code train}
   * @param cacheBytes how much memory features may take
   * @throws DataFormatException if there is none, or a feature file is missing or misshapen
   * @throws UncheckedIOException if one cannot be read
   */
  public TrainingData(Dataset dataset, String subset, long cacheBytes) {
    this.dataset = dataset;
    for (Recording recording : dataset.subset(subset)) {
      if (recording.labels().isEmpty() && !dataset.isNegative(recording)) {
        unlabelled.add(recording.id());
      } else {
        recordings.add(recording);
      }
    }
    if (recordings.stream().allMatch(recording -> recording.labels().isEmpty())) {
      throw DataFormatException.of(
          "KDATA-207",
          Path.of(dataset.place()),
          "no recording of subset '" + subset + "' has a label",
          "annotate at least one: kairos inspect lists those without");
    }
    this.lengths = lengths(dataset, recordings);
    this.kept = new @Nullable FeatureSequence[recordings.size()];
    this.budget = cacheBytes;
  }

  private TrainingData(TrainingData all, Set<String> left) {
    this.dataset = all.dataset;
    this.unlabelled.addAll(all.unlabelled);
    this.lengths = new int[all.recordings.size() - left.size()];
    for (int i = 0; i < all.recordings.size(); i++) {
      Recording recording = all.recordings.get(i);
      if (!left.contains(recording.id())) {
        lengths[recordings.size()] = all.lengths[i];
        recordings.add(recording);
      }
    }
    this.kept = new @Nullable FeatureSequence[lengths.length];
    this.budget = all.budget;
  }

  /** The same without some of the recordings, which must be among them. */
  TrainingData without(Set<String> ids) {
    return new TrainingData(this, ids);
  }

  /** What the recordings are of. */
  Dataset dataset() {
    return dataset;
  }

  /** The recordings, in the order of the data set. */
  List<Recording> recordings() {
    return List.copyOf(recordings);
  }

  private static int[] lengths(Dataset dataset, List<Recording> recordings) {
    int[] lengths = new int[recordings.size()];
    try {
      for (int i = 0; i < lengths.length; i++) {
        lengths[i] = dataset.featureLength(recordings.get(i));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lengths;
  }

  /** Where batches are read to. */
  BatchArrays arrays() {
    return arrays;
  }

  /** Number of recordings. */
  public int size() {
    return recordings.size();
  }

  /** Number of classes C. */
  public int classes() {
    return dataset.classes();
  }

  /** The names of the classes, in the order of their indices. */
  public List<String> classNames() {
    return dataset.description().classes();
  }

  /** Values per snippet, all streams joined. */
  public int width() {
    return dataset.description().totalWidth();
  }

  /** The recordings left out because they have no label. */
  public List<String> unlabelled() {
    return List.copyOf(unlabelled);
  }

  /** The name of a recording. */
  public String id(int index) {
    return recordings.get(index).id();
  }

  /**
   * The classes that occur in a recording: 1 or 0 for each, {@code [C]}. From the names of its
   * labels alone.
   */
  public float[] labels(int index) {
    return dataset.labels(recordings.get(index));
  }

  /** Where the marked moments come from, see {@link Dataset#pointSource}. */
  public String pointSource() {
    return dataset.pointSource();
  }

  /** One marked moment of a class: its snippet on the recording's own grid. */
  public record Point(int snippet, int label) {}

  /** The marked moments of a recording, empty where there are none. */
  public List<Point> points(int index) {
    return points(index, grid(index));
  }

  /** The marked moments of a recording on a grid of another number of snippets over its time. */
  public List<Point> points(int index, int length) {
    return points(index, grid(index, length));
  }

  private List<Point> points(int index, SnippetGrid grid) {
    Recording recording = recordings.get(index);
    return recording.points().stream()
        .map(p -> new Point(grid.snippetAt(p.seconds()), dataset.classIndex(p.label())))
        .toList();
  }

  /**
   * Which classes each snippet belongs to by the annotated segments, {@code [T, C]}, 1 or 0: for
   * full supervision only. A snippet belongs to a segment that contains its centre.
   */
  public float[] snippetLabels(int index) {
    SnippetGrid grid = grid(index);
    float[] labels = new float[grid.length() * classes()];
    for (ActionInstance instance : recordings.get(index).instances()) {
      int label = dataset.classIndex(instance.label());
      for (int t = 0; t < grid.length(); t++) {
        double centre = grid.centre(t);
        if (instance.segment().contains(centre)) {
          labels[t * classes() + label] = 1;
        }
      }
    }
    return labels;
  }

  /** Whether a recording has annotated segments, and not marked moments alone. */
  public boolean hasSegments(int index) {
    return !recordings.get(index).instances().isEmpty();
  }

  /** The annotated actions of a recording, in file order: for full supervision and reports only. */
  public List<ActionInstance> instances(int index) {
    return recordings.get(index).instances();
  }

  /** Number of snippets T of a recording. */
  public int length(int index) {
    return lengths[index];
  }

  /** How the snippets of a recording lie in time. */
  public SnippetGrid grid(int index) {
    return dataset.grid(recordings.get(index), lengths[index]);
  }

  /** A grid of another number of snippets over the time of a recording's own. */
  public SnippetGrid grid(int index, int length) {
    return grid(index).spread(length);
  }

  /** Seconds of a recording, or NaN where the annotation does not say. */
  public double duration(int index) {
    return recordings.get(index).duration();
  }

  /**
   * Copies the features of some snippets of a recording, all streams joined in order, row after
   * row.
   *
   * @param snippets fastest where they run forwards
   * @param to changed from {@code at} on
   * @param at place of the first value
   * @throws DataFormatException if a file has been damaged, or holds NaN or infinity in what is
   *     read
   * @throws UncheckedIOException if one cannot be read
   */
  public void copyRows(int index, int[] snippets, float[] to, int at) {
    try {
      FeatureSequence whole = kept(index);
      if (whole == null) {
        dataset.copyRows(recordings.get(index), snippets, to, at);
      } else {
        whole.copyRows(snippets, to, at);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A recording that is in memory, or now comes there; null if there is no room for it. */
  private synchronized @Nullable FeatureSequence kept(int index) throws IOException {
    long bytes = (long) Float.BYTES * lengths[index] * width();
    if (kept[index] == null && bytes <= budget) {
      kept[index] = dataset.features(recordings.get(index));
      budget -= bytes;
    }
    return kept[index];
  }
}
