// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pipeline;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.evaluation.EvaluationFile;
import dev.kairos.methods.evaluation.Thresholds;
import dev.kairos.methods.files.FileNames;
import dev.kairos.methods.pseudolabel.LabelQuality;
import dev.kairos.methods.pseudolabel.LabelQualityFile;
import dev.kairos.methods.pseudolabel.PseudoLabels;
import dev.kairos.methods.report.ReportData.Activation;
import dev.kairos.methods.report.StageHistory;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.run.StageFolder;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Cas;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Progress;
import dev.kairos.tensor.io.Npy;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What each stage of a run achieved, kept in its folder beside its weights: the scores of the test
 * recordings localised as at its end, and the activations of a few recordings it learned from.
 */
public final class StageReview {
  private static final int TRACKS = 4;
  private static final String ACTIVATIONS = "cas";

  private StageReview() {}

  /**
   * Goes back to the end of each stage, measures and keeps it; the model is then as at the end. A
   * single stage is not scored: its end is that of the run, whose scores are kept anyway.
   *
   * @param subset to score, empty for none
   */
  public static void measure(
      RunFolder folder,
      Experiment experiment,
      Dataset dataset,
      Optional<String> subset,
      double[] tious,
      Progress progress)
      throws IOException {
    Map<String, StageFolder> stages = StageFolder.finished(folder);
    for (Map.Entry<String, StageFolder> stage : stages.entrySet()) {
      experiment.goBack(folder, stage.getKey());
      if (subset.isPresent() && stages.size() > 1) {
        ScoredSubset scored = ScoredSubset.of(experiment, dataset, subset.get(), tious, progress);
        if (scored.result().isPresent()) {
          ScoredSubset.keep(
              stage.getValue().file(RunFolder.EVALUATION),
              scored.result().get(),
              new EvaluationFile.About(subset.get(), ""),
              dataset,
              scored.detections());
        }
      }
      if (Files.exists(stage.getValue().file(PseudoLabels.LABELS))) {
        activations(stage.getValue(), experiment, dataset);
      }
    }
  }

  private static void activations(StageFolder stage, Experiment experiment, Dataset dataset)
      throws IOException {
    Path place = Files.createDirectories(stage.file(ACTIVATIONS));
    for (Recording recording : dataset.subset(Dataset.TRAIN).stream().limit(TRACKS).toList()) {
      FeatureSequence features = dataset.features(recording);
      Optional<Cas> predicted =
          experiment
              .localize(features, dataset.grid(recording, features.length()))
              .prediction()
              .cas();
      if (predicted.isEmpty()) {
        return;
      }
      Cas cas = predicted.get();
      float[] values = new float[cas.snippets() * cas.channels()];
      double[] exact = cas.values();
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) exact[i];
      }
      Npy.write(
          FileNames.npy(place, recording.id()),
          NpyArray.ofFloats(values, cas.snippets(), cas.channels()));
    }
  }

  /**
   * The scores that were kept, by stage: mAP at each threshold and their average. None of a single
   * stage, which has those of the run.
   *
   * @param tious thresholds; scores that were kept at others are left out
   */
  public static Map<String, double[]> scores(RunFolder folder, double[] tious) throws IOException {
    Map<String, double[]> rows = new LinkedHashMap<>();
    Map<String, StageFolder> stages = StageFolder.finished(folder);
    if (stages.size() == 1) {
      return rows;
    }
    for (Map.Entry<String, StageFolder> stage : stages.entrySet()) {
      Path file = stage.getValue().file(RunFolder.EVALUATION);
      if (Files.exists(file)) {
        EvaluationFile.Content kept = EvaluationFile.read(file);
        if (kept.tious().equals(written(tious))) {
          rows.put(
              "after " + stage.getKey(),
              Stream.concat(kept.map().stream(), Stream.of(kept.average()))
                  .mapToDouble(Double::doubleValue)
                  .toArray());
        }
      }
    }
    return rows;
  }

  private static List<Double> written(double[] tious) {
    return Arrays.stream(tious).mapToObj(t -> Thresholds.written(t).doubleValue()).toList();
  }

  /**
   * What was kept, as a report shows it; nothing of a single stage that labelled nothing.
   *
   * @param annotated the recordings of the data set by name; none to leave the tracks out
   */
  public static StageHistory read(RunFolder folder, Map<String, Recording> annotated)
      throws IOException {
    Map<String, StageFolder> stages = StageFolder.finished(folder);
    List<Double> tious = List.of();
    List<StageHistory.Row> rows = new ArrayList<>();
    for (Map.Entry<String, StageFolder> stage : stages.entrySet()) {
      Path scores = stage.getValue().file(RunFolder.EVALUATION);
      List<Double> map = List.of();
      if (Files.exists(scores)) {
        EvaluationFile.Content content = EvaluationFile.read(scores);
        tious = content.tious();
        map = content.map();
      }
      rows.add(row(stage.getKey(), stage.getValue().file(LabelQualityFile.NAME), map));
    }
    if (rows.isEmpty() || (rows.size() == 1 && Double.isNaN(rows.get(0).selected()))) {
      return StageHistory.NONE;
    }
    DatasetDescription data = DatasetDescription.read(folder.file(DatasetDescription.FILE_NAME));
    return new StageHistory(tious, rows, tracks(stages, annotated, data));
  }

  private static StageHistory.Row row(String name, Path quality, List<Double> map)
      throws IOException {
    LabelQuality labels =
        Files.exists(quality) ? LabelQualityFile.read(quality) : LabelQuality.NONE;
    return labels.total() == 0
        ? new StageHistory.Row(name, Double.NaN, Double.NaN, Double.NaN, map)
        : new StageHistory.Row(
            name,
            (double) labels.selected() / labels.total(),
            labels.precision(),
            labels.recall(),
            map);
  }

  private static List<StageHistory.Track> tracks(
      Map<String, StageFolder> stages, Map<String, Recording> annotated, DatasetDescription data)
      throws IOException {
    List<StageHistory.Track> tracks = new ArrayList<>();
    StageFolder first = stages.values().iterator().next();
    if (!Files.exists(first.file(PseudoLabels.LABELS))) {
      return tracks;
    }
    for (String id : PseudoLabels.read(first.path(), data.classes().size()).recordings()) {
      Recording recording = annotated.get(id);
      if (recording != null && recording.hasDuration() && Files.exists(curves(first, id))) {
        List<StageHistory.Strip> strips = new ArrayList<>();
        for (Map.Entry<String, StageFolder> stage : stages.entrySet()) {
          strips.add(strip(stage.getKey(), stage.getValue(), recording, data.classes()));
        }
        List<ActionInstance> truth = recording.instances();
        tracks.add(new StageHistory.Track(id, recording.duration(), data.classes(), truth, strips));
      }
    }
    return tracks;
  }

  private static Path curves(StageFolder stage, String id) {
    return FileNames.npy(stage.file(ACTIVATIONS), id);
  }

  private static StageHistory.Strip strip(
      String name, StageFolder stage, Recording recording, List<String> classes)
      throws IOException {
    PseudoLabels labels = PseudoLabels.read(stage.path(), classes.size());
    int index = labels.recordings().indexOf(recording.id());
    List<Integer> own = index < 0 ? List.of() : Arrays.stream(labels.of(index)).boxed().toList();
    List<Activation> shown = new ArrayList<>();
    if (Files.exists(curves(stage, recording.id()))) {
      NpyArray array = Npy.read(curves(stage, recording.id()));
      Cas cas = Cas.of(array.toFloats(), array.dim(0), array.dim(1));
      for (String label : recording.labels()) {
        shown.add(
            new Activation(
                label,
                recording.duration() / cas.snippets(),
                Arrays.stream(cas.channel(classes.indexOf(label)))
                    .mapToObj(value -> (float) value)
                    .collect(Collectors.toList())));
      }
    }
    return new StageHistory.Strip(name, own, shown);
  }
}
