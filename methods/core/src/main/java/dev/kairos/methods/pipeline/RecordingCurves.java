// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pipeline;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.FeatureStream;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.localization.Localization;
import dev.kairos.methods.report.CasFolder;
import dev.kairos.methods.report.ReportData.Activation;
import dev.kairos.methods.tal.Cas;
import dev.kairos.methods.tal.SnippetGrid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Curves over time by which a person finds the actions of a recording: the norm of each stream's
 * features, how much they change from one snippet to the next, and the activation of classes where
 * some model said it. Annotated segments have no part in them.
 */
public final class RecordingCurves {
  /** Values a curve keeps: more than a screen has columns. */
  private static final int MOST_VALUES = 2000;

  private static final int MOST_CLASSES = 5;

  private final Dataset dataset;
  private final @Nullable CasFolder cas;
  private final @Nullable TrainedRun run;

  /** What a curve is of. */
  public enum Kind {
    /** Norm of the features of a stream. */
    NORM,
    /** Distance of the features of neighbouring snippets of a stream. */
    CHANGE,
    /** Activation of a class. */
    ACTIVATION
  }

  /**
   * One curve.
   *
   * @param name of the stream or class
   * @param first seconds at which the first value lies
   * @param step seconds from one value to the next
   * @param values a value for each snippet, or the largest of several
   */
  public record Curve(Kind kind, String name, double first, double step, List<Float> values) {
    /** Keeps the values from change. */
    public Curve {
      values = List.copyOf(values);
    }
  }

  /**
   * Curves of the recordings of a data set.
   *
   * @param cas activations in files, or null
   * @param run what else says activations, where there is no file; or null
   */
  public RecordingCurves(Dataset dataset, @Nullable CasFolder cas, @Nullable TrainedRun run) {
    this.dataset = dataset;
    this.cas = cas;
    this.run = run;
  }

  /**
   * The curves of a recording.
   *
   * @throws dev.kairos.tensor.io.DataFormatException if its features are missing or damaged
   */
  public List<Curve> of(Recording recording) throws IOException {
    List<Curve> curves = new ArrayList<>();
    List<FeatureSequence> streams = new ArrayList<>();
    for (FeatureStream stream : dataset.description().streams()) {
      streams.add(dataset.features(recording, stream.name()));
    }
    SnippetGrid grid = dataset.grid(recording, streams.get(0).length());
    double step = grid.length() < 2 ? grid.secondsPerSnippet() : grid.centre(1) - grid.centre(0);
    for (int i = 0; i < streams.size(); i++) {
      String name = dataset.description().streams().get(i).name();
      FeatureSequence rows = streams.get(i);
      curves.add(thinned(Kind.NORM, name, grid.centre(0), step, norms(rows)));
      if (rows.length() > 1) {
        curves.add(thinned(Kind.CHANGE, name, grid.centre(0) + step / 2, step, changes(rows)));
      }
    }
    curves.addAll(activations(recording, grid, FeatureSequence.concat(streams)));
    return curves;
  }

  private static double[] norms(FeatureSequence rows) {
    double[] norms = new double[rows.length()];
    for (int t = 0; t < norms.length; t++) {
      double sum = 0;
      for (int d = 0; d < rows.width(); d++) {
        sum += (double) rows.get(t, d) * rows.get(t, d);
      }
      norms[t] = Math.sqrt(sum);
    }
    return norms;
  }

  private static double[] changes(FeatureSequence rows) {
    double[] changes = new double[rows.length() - 1];
    for (int t = 0; t < changes.length; t++) {
      double sum = 0;
      for (int d = 0; d < rows.width(); d++) {
        double difference = (double) rows.get(t + 1, d) - rows.get(t, d);
        sum += difference * difference;
      }
      changes[t] = Math.sqrt(sum);
    }
    return changes;
  }

  private static Curve thinned(Kind kind, String name, double first, double step, double[] all) {
    int bin = (all.length + MOST_VALUES - 1) / MOST_VALUES;
    List<Float> values = new ArrayList<>();
    for (int begin = 0; begin < all.length; begin += bin) {
      double most = all[begin];
      for (int i = begin + 1; i < Math.min(all.length, begin + bin); i++) {
        most = Math.max(most, all[i]);
      }
      values.add((float) most);
    }
    return new Curve(kind, name, first + step * (bin - 1) / 2, step * bin, values);
  }

  private List<Curve> activations(Recording recording, SnippetGrid grid, FeatureSequence features)
      throws IOException {
    Map<String, double[]> series = new TreeMap<>();
    double seconds = grid.duration();
    if (cas != null) {
      for (Activation activation :
          cas.activations(recording, new LinkedHashSet<>(dataset.description().classes()))) {
        series.put(
            activation.label(),
            activation.values().stream().mapToDouble(Float::doubleValue).toArray());
        seconds = activation.secondsPerSnippet() * activation.values().size();
      }
    }
    if (series.isEmpty() && run != null) {
      Localization found = run.localize(features);
      Optional<Cas> said = found.prediction().cas();
      said.ifPresent(all -> split(all, run.data().classes(), series));
    }
    List<Curve> curves = new ArrayList<>();
    for (String label : shown(recording, series)) {
      double[] values = series.getOrDefault(label, new double[0]);
      double step = seconds / values.length;
      curves.add(thinned(Kind.ACTIVATION, label, step / 2, step, values));
    }
    return curves;
  }

  private static void split(Cas cas, List<String> classes, Map<String, double[]> series) {
    for (int c = 0; c < Math.min(classes.size(), cas.channels()); c++) {
      series.put(classes.get(c), cas.channel(c));
    }
  }

  /** The classes that are known to occur; where none is, those that rise highest. */
  private static Set<String> shown(Recording recording, Map<String, double[]> series) {
    Set<String> shown = new LinkedHashSet<>(recording.labels());
    shown.retainAll(series.keySet());
    if (shown.isEmpty()) {
      series.entrySet().stream()
          .sorted(Comparator.comparingDouble(entry -> -highest(entry.getValue())))
          .limit(MOST_CLASSES)
          .forEach(entry -> shown.add(entry.getKey()));
    }
    return shown;
  }

  private static double highest(double[] values) {
    double most = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      most = Math.max(most, value);
    }
    return most;
  }
}
