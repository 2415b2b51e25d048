// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.gaufuse;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kairos.methods.pseudolabel.LabelQuality;
import dev.kairos.methods.pseudolabel.LabelRenewal;
import dev.kairos.methods.pseudolabel.Labelling;
import dev.kairos.methods.pseudolabel.SoftLabels;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.methods.training.TrainingState;
import dev.kairos.tensor.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How each generation of labels came out, and how it differs from the one before. */
final class GenerationLog {
  /** The file in the stage's folder. */
  static final String NAME = "generations.json";

  private static final JsonMapper JSON = new JsonMapper();
  private static final double MARKED = 1e-6; // a label above it marks its snippet, for the quality

  private final List<Entry> entries = new ArrayList<>();

  /**
   * One generation. Sums are over channels, and means over all snippets of all recordings.
   *
   * @param generation its number
   * @param step before which it was made
   * @param sum mean of the labels' absolute values
   * @param change mean of the absolute difference from the generation before; for the first the
   *     same as {@code sum}
   * @param ownClasses share of the labels in classes that their recordings have
   * @param precision how many marked snippets have the class of their largest label, where segments
   *     are annotated
   * @param recall how many snippets of actions are marked with their class
   * @param programs see {@link LabelRenewal.Counts#programs}
   * @param contradictions see {@link LabelRenewal.Counts#contradictions}
   * @param largestResidual see {@link LabelRenewal.Counts#largestResidual}
   */
  record Entry(
      int generation,
      long step,
      double sum,
      double change,
      double ownClasses,
      double precision,
      double recall,
      int programs,
      int contradictions,
      double largestResidual) {
    /** For the progress of a training. */
    String sentence() {
      return String.format(
          Locale.ROOT,
          "label %.4f a snippet, %.0f %% in the recording's classes, changed by %.4f",
          sum,
          100 * ownClasses,
          change);
    }
  }

  /** Measures labels. */
  static Entry entry(
      int generation,
      long step,
      SoftLabels labels,
      @Nullable SoftLabels before,
      TrainingData data,
      LabelRenewal.Counts counts) {
    double sum = 0;
    double own = 0;
    double change = 0;
    long snippets = 0;
    int channels = labels.channels();
    for (int v = 0; v < data.size(); v++) {
      float[] has = data.labels(v);
      float[] now = labels.of(v);
      float[] then = before == null ? new float[now.length] : before.of(v);
      for (int i = 0; i < now.length; i++) {
        int c = i % channels;
        sum += Math.abs(now[i]);
        own += c < has.length && has[c] > 0 ? Math.abs(now[i]) : 0;
        change += Math.abs(now[i] - then[i]);
      }
      snippets += data.length(v);
    }
    LabelQuality quality = Labelling.quality(data, labels.hard(MARKED, data.classes()));
    return new Entry(
        generation,
        step,
        sum / snippets,
        change / snippets,
        sum == 0 ? 0 : own / sum,
        quality.precision(),
        quality.recall(),
        counts.programs(),
        counts.contradictions(),
        counts.largestResidual());
  }

  void clear() {
    entries.clear();
  }

  /** Adds one, in place of any of that number or later. */
  void add(Entry entry) {
    entries.removeIf(other -> other.generation() >= entry.generation());
    entries.add(entry);
  }

  void remember(TrainingState state) {
    state.text("labels.log", this::written, this::read);
  }

  private String written() {
    ArrayNode list = JSON.createArrayNode();
    for (Entry entry : entries) {
      ObjectNode node = list.addObject();
      node.put("generation", entry.generation());
      node.put("step", entry.step());
      node.put("sum", entry.sum());
      node.put("change", entry.change());
      node.put("ownClasses", entry.ownClasses());
      node.put("precision", entry.precision());
      node.put("recall", entry.recall());
      node.put("programs", entry.programs());
      node.put("contradictions", entry.contradictions());
      node.put("largestResidual", entry.largestResidual());
    }
    return list.toPrettyString();
  }

  private void read(String text) {
    List<Entry> saved = new ArrayList<>();
    try {
      for (JsonNode node : JSON.readTree(text)) {
        saved.add(
            new Entry(
                node.path("generation").intValue(),
                node.path("step").longValue(),
                node.path("sum").doubleValue(),
                node.path("change").doubleValue(),
                node.path("ownClasses").doubleValue(),
                node.path("precision").doubleValue(),
                node.path("recall").doubleValue(),
                node.path("programs").intValue(),
                node.path("contradictions").intValue(),
                node.path("largestResidual").doubleValue()));
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException("the log of label generations is no JSON", e);
    }
    entries.clear();
    entries.addAll(saved);
  }

  /** Writes it whole or not at all. */
  void write(Path file) throws IOException {
    AtomicFiles.writeString(file, written() + "\n");
  }
}
