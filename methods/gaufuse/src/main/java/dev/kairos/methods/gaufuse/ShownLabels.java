// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.gaufuse;

import dev.kairos.methods.host.InstanceSource;
import dev.kairos.methods.proposal.FusionTemplate;
import dev.kairos.methods.proposal.InstanceFusion;
import dev.kairos.methods.pseudolabel.SoftLabels;
import dev.kairos.methods.report.LabelHistory.LabelledRecording;
import dev.kairos.methods.report.LabelHistory.Lane;
import dev.kairos.methods.report.ReportData.Activation;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Cas;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.methods.tal.Proposal;
import dev.kairos.methods.tal.Segment;
import dev.kairos.methods.tal.SnippetGrid;
import dev.kairos.methods.training.TrainingData;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** For a report: some recordings with activation, candidates, fused instances and labels. */
final class ShownLabels {
  private static final int RECORDINGS = 4;
  private static final int CLASSES = 4;

  /** Fusion by which nothing joins anything: all candidates as they are. */
  private static final InstanceFusion NONE =
      new InstanceFusion(
          FusionTemplate.LEADER,
          InstanceFusion.Overlap.COVERAGE,
          Double.POSITIVE_INFINITY,
          InstanceFusion.Logit.INNER,
          1);

  private final InstanceSource source;
  private final InstanceFusion fusion;
  private final TrainingData data;

  /**
   * For the recordings of some data.
   *
   * @param fusion that made the newest labels
   */
  ShownLabels(InstanceSource source, InstanceFusion fusion, TrainingData data) {
    this.source = source;
    this.fusion = fusion;
    this.data = data;
  }

  /** Some of the recordings, evenly over the data, by the weights as they are. */
  List<LabelledRecording> recordings(SoftLabels latest, @Nullable SoftLabels previous) {
    List<LabelledRecording> shown = new ArrayList<>();
    int count = Math.min(RECORDINGS, data.size());
    for (int i = 0; i < count; i++) {
      int v = i * data.size() / count;
      shown.add(recording(v, latest.of(v), previous == null ? null : previous.of(v)));
    }
    return shown;
  }

  private LabelledRecording recording(int v, float[] label, float @Nullable [] before) {
    SnippetGrid grid = data.grid(v);
    Prediction prediction = source.predict(Renewal.features(data, v), null);
    SnippetGrid rows = grid.spread(source.snippets(data.length(v)).length);
    List<Proposal> candidates = source.instances(prediction, NONE);
    List<Proposal> fused = source.instances(prediction, fusion);
    int channels = label.length / data.length(v);
    float[] change = new float[label.length];
    for (int i = 0; i < change.length && before != null; i++) {
      change[i] = label[i] - before[i];
    }
    List<Lane> lanes = new ArrayList<>();
    for (int c = 0; c < data.classes() && lanes.size() < CLASSES; c++) {
      if (data.labels(v)[c] > 0) {
        String name = data.classNames().get(c);
        lanes.add(
            new Lane(
                name,
                data.instances(v).stream()
                    .filter(action -> action.label().equals(name))
                    .map(ActionInstance::segment)
                    .toList(),
                cas(prediction, c, name, grid),
                segments(candidates, c, rows),
                segments(fused, c, rows),
                curve(label, c, channels, name, grid),
                curve(change, c, channels, name, grid)));
      }
    }
    return new LabelledRecording(data.id(v), grid.duration(), lanes);
  }

  private static Activation cas(Prediction prediction, int c, String name, SnippetGrid grid) {
    List<Float> values = new ArrayList<>();
    Cas cas = prediction.cas().orElse(null);
    if (cas == null) {
      return new Activation(name, grid.duration(), values);
    }
    for (double value : cas.channel(c)) {
      values.add((float) value);
    }
    return new Activation(name, grid.duration() / cas.snippets(), values);
  }

  private static Activation curve(
      float[] rows, int c, int channels, String name, SnippetGrid grid) {
    List<Float> values = new ArrayList<>();
    for (int t = 0; t < rows.length / channels; t++) {
      values.add(rows[t * channels + c]);
    }
    return new Activation(name, grid.secondsPerSnippet(), values);
  }

  private static List<Segment> segments(List<Proposal> proposals, int c, SnippetGrid rows) {
    return proposals.stream()
        .filter(p -> p.label() == c)
        .map(
            p ->
                new Segment(
                    rows.seconds(Math.min(p.start(), rows.length())),
                    rows.seconds(Math.min(p.end(), rows.length()))))
        .toList();
  }
}
