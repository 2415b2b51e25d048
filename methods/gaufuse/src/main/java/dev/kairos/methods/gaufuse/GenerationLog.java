// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.gaufuse;

import dev.kairos.methods.pseudolabel.LabelQuality;
import dev.kairos.methods.pseudolabel.LabelRenewal;
import dev.kairos.methods.pseudolabel.Labelling;
import dev.kairos.methods.pseudolabel.SoftLabels;
import dev.kairos.methods.report.LabelHistory.Generation;
import dev.kairos.methods.report.LabelHistoryFile;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.methods.training.TrainingState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How each generation of labels came out, as a training's checkpoint holds it. */
final class GenerationLog {
  private static final double MARKED = 1e-6; // a label above it marks its snippet, for the quality

  private final List<Generation> generations = new ArrayList<>();

  /** Measures labels. */
  static Generation measured(
      int number,
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
    return new Generation(
        number,
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
    generations.clear();
  }

  /** Adds one, in place of any of that number or later. */
  void add(Generation generation) {
    generations.removeIf(other -> other.number() >= generation.number());
    generations.add(generation);
  }

  /** All of them, in order. */
  List<Generation> all() {
    return List.copyOf(generations);
  }

  void remember(TrainingState state) {
    state.text(
        "labels.log",
        () -> LabelHistoryFile.text(generations),
        text -> {
          List<Generation> saved = LabelHistoryFile.read(text);
          generations.clear();
          generations.addAll(saved);
        });
  }
}
