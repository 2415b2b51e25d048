// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.evaluation.MeanAveragePrecision;
import dev.kairos.methods.evaluation.Protocol;
import dev.kairos.methods.evaluation.Thresholds;
import dev.kairos.methods.evaluation.ValidationFile;
import dev.kairos.methods.files.Plural;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.localization.Localization;
import dev.kairos.methods.localization.Localizer;
import dev.kairos.methods.localization.ToldClasses;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.NonFiniteScoresException;
import dev.kairos.nn.Parameters;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongPredicate;

/**
 * Recordings that a training holds out: it never learns from them, and every so often localises
 * them with dropout off and scores that. The weights that scored best are kept beside the last.
 *
 * <p>Every method has it: {@link Experiment} parts what may be learned from, gives the method the
 * rest, and watches its stages. Scores are the mean mAP of the ActivityNet protocol, so segments of
 * the held-out recordings have a say in which weights are kept, even where nothing but labels is
 * learned from.
 */
public final class HeldOut {
  private final HeldOutOptions options;
  private final TrainingData training;
  private final List<Recording> recordings;
  private final String described;

  private HeldOut(
      HeldOutOptions options, TrainingData training, List<Recording> recordings, String described) {
    this.options = options;
    this.training = training;
    this.recordings = List.copyOf(recordings);
    this.described = described;
  }

  /**
   * Parts what may be learned from.
   *
   * @param key the run's
   * @throws ConfigException if too few recordings are there, or no action of those held out is
   *     annotated, or they have another use
   * @throws DataFormatException if a subset was named that is not there, or features are missing
   */
  public static HeldOut of(HeldOutOptions options, TrainingData data, RandomKey key) {
    if (!options.isOn()) {
      return new HeldOut(options, data, List.of(), "");
    }
    Dataset dataset = data.dataset();
    String name = options.subset();
    boolean named = !name.isEmpty() && !name.equals(HeldOutOptions.VALIDATION);
    if (named || dataset.subsets().contains(name)) {
      List<Recording> subset = dataset.subset(name);
      requireUnused(name, subset);
      String words = "subset " + Shown.of(name) + ": " + Plural.of(subset.size(), "recording");
      return new HeldOut(options, data, subset, words).checked();
    }
    HeldOutDraw draw = new HeldOutDraw(options.share(), options.bySubject());
    List<Recording> drawn = draw.of(data.recordings(), key.child("held out"));
    Set<String> ids = new HashSet<>();
    drawn.forEach(recording -> ids.add(recording.id()));
    return new HeldOut(options, data.without(ids), drawn, draw.described(drawn)).checked();
  }

  /** A subset may be called as the annotations do, whatever it is used for. */
  private static void requireUnused(String name, List<Recording> subset) {
    for (String use : List.of(Dataset.TRAIN, Dataset.TEST)) {
      if (subset.stream().anyMatch(recording -> recording.subset().equals(use))) {
        throw new ConfigException(
            "KCONF-003",
            "train.heldOutSubset: recordings of '%s' are %s"
                .formatted(
                    Shown.of(name),
                    use.equals(Dataset.TRAIN)
                        ? "learned from, so they cannot be held out too"
                        : "those to test on; weights chosen on them would make the scores too good"),
            "hold out a share of those to learn from, train.heldOut=0.2 with"
                + " train.heldOutSubset=\"\", or name other subsets with --train-subset and"
                + " --test-subset");
      }
    }
  }

  /** Refuses now what would fail at the first evaluation. */
  private HeldOut checked() {
    if (recordings.stream().allMatch(recording -> recording.instances().isEmpty())) {
      throw new ConfigException(
          "KCONF-003",
          "train.heldOut: no action of the held-out recordings is annotated (" + described + ")",
          "they need segments to be scored; name another subset, or train.evaluateEvery=0 and"
              + " train.evaluations=0 to hold nothing out");
    }
    if (training.recordings().stream().allMatch(recording -> recording.labels().isEmpty())) {
      throw new ConfigException(
          "KCONF-003",
          "train.heldOut: no recording with a label is left to learn from",
          "hold out fewer, or a subset");
    }
    try {
      for (Recording recording : recordings) {
        int length = training.dataset().featureLength(recording);
        if (length < 1) {
          throw DataFormatException.of(
              "KDATA-134", Path.of(recording.id()), "held out, and has no snippet", "leave it out");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** What is left to learn from. */
  public TrainingData training() {
    return training;
  }

  /** The names of the recordings that are held out, in the order of the data set. */
  public List<String> ids() {
    return recordings.stream().map(Recording::id).toList();
  }

  /** What is held out, in words; empty where nothing is. */
  public String described() {
    return described;
  }

  /** Classes that are held out and not learned; nobody can be expected to find them. */
  List<String> classesNotLearned() {
    Set<String> classes = new TreeSet<>();
    recordings.forEach(recording -> classes.addAll(recording.labels()));
    training.recordings().forEach(recording -> classes.removeAll(recording.labels()));
    return List.copyOf(classes);
  }

  /**
   * The stages of a model on what is left to learn from, each with an evaluation every so often and
   * after its last step.
   */
  public List<Stage> watched(Model model) {
    List<Stage> stages = model.stages(training);
    if (!options.isOn()) {
      return stages;
    }
    List<HeldOutScores> scores = new ArrayList<>();
    List<Stage> watched = new ArrayList<>();
    for (Stage stage : stages) {
      scores.add(new HeldOutScores(stage.name(), stage.steps(), options.patience()));
      Localizer localizer =
          model.stageNames().contains(stage.name())
              ? model.localizer(stage.name())
              : model.localizer();
      watched.add(watch(stage, model.parameters(), localizer, scores));
    }
    return watched;
  }

  /**
   * A stage with evaluations.
   *
   * @param scores of all stages up to this one, to which its own are added
   */
  private Stage watch(
      Stage stage, Parameters parameters, Localizer localizer, List<HeldOutScores> scores) {
    return new WatchedStage(
        stage,
        parameters,
        due(stage),
        () -> score(localizer, parameters.engine()),
        scores,
        about());
  }

  /** What is scored and how. */
  private ValidationFile.Content about() {
    return new ValidationFile.Content(
        Protocol.ACTIVITYNET,
        Arrays.stream(options.thresholds())
            .mapToObj(tiou -> Thresholds.written(tiou).doubleValue())
            .toList(),
        described,
        ids(),
        List.of(),
        Optional.empty(),
        List.of());
  }

  private LongPredicate due(Stage stage) {
    long steps = stage.steps();
    boolean epochs = steps > 0 && stage.position(steps - 1).endsEpoch();
    long length = epochs ? stage.position(steps - 1).epoch() + 1 : steps;
    long every = options.interval(length);
    return epochs
        ? step -> {
          StepPosition at = stage.position(step);
          return at.endsEpoch() && (at.epoch() + 1) % every == 0;
        }
        : step -> (step + 1) % every == 0;
  }

  private HeldOutScores.Score score(Localizer localizer, Engine engine) throws IOException {
    Dataset dataset = training.dataset();
    Map<String, List<ActionInstance>> truth = new LinkedHashMap<>();
    Map<String, Localization> found = new LinkedHashMap<>();
    Map<String, List<Detection>> detections = new LinkedHashMap<>();
    for (Recording recording : recordings) {
      truth.put(recording.id(), recording.instances());
      FeatureSequence features = Uninterrupted.call(() -> dataset.features(recording));
      try (Scope scope = engine.scope()) {
        var grid = dataset.grid(recording, features.length());
        Localization localization = localizer.localize(features, grid);
        found.put(recording.id(), localization);
        detections.put(recording.id(), localization.detections());
      } catch (NonFiniteScoresException e) {
        throw e.in("held-out recording '" + recording.id() + "'");
      }
    }
    return new HeldOutScores.Score(
        MeanAveragePrecision.evaluate(truth, detections, options.thresholds()).average(),
        ToldClasses.of(training.classNames(), recordings, found).orElse(Double.NaN));
  }
}
