// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.kernels.Philox;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.evaluation.MeanAveragePrecision;
import dev.kairos.methods.evaluation.Thresholds;
import dev.kairos.methods.localization.Localizer;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.NonFiniteScoresException;
import dev.kairos.nn.Parameters;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Scope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Recordings that a training holds out: it never learns from them, and every so often localises
 * them with dropout off and scores that. The weights that scored best are those it ends with.
 *
 * <p>A method that offers this asks for {@link Options#read}, trains its stages on {@link
 * #training} and hands them on through {@link #watch}. Scores are the mean mAP of the ActivityNet
 * protocol, so segments of the held-out recordings have a say in which weights are kept, even where
 * nothing but labels is learned from.
 */
public final class HeldOut {
  private final Options options;
  private final TrainingData training;
  private final List<Recording> recordings;
  private final int taken; // of those that could be trained on

  /**
   * What is held out, and when it is scored.
   *
   * @param every how many epochs lie between two evaluations, or steps for a stage without epochs;
   *     0 for no evaluation and nothing held out
   * @param share of the recordings to train on that is held out, in (0, 1); drawn by the run's seed
   * @param subset held out instead: {@link #VALIDATION} where the data set has it, any other name
   *     in any case; empty for the share
   * @param tious thresholds of the scores
   */
  public record Options(int every, double share, String subset, List<Double> tious) {
    /** The subset that is held out where none is named. */
    public static final String VALIDATION = "val";

    /** Copies the thresholds. */
    public Options {
      tious = List.copyOf(tious);
    }

    /** Nothing held out. */
    public static Options never() {
      return every(0);
    }

    /** An evaluation every so many epochs or steps on a tenth, or on the subset {@code val}. */
    public static Options every(int epochs) {
      return new Options(epochs, 0.1, VALIDATION, thresholds());
    }

    /**
     * Reads {@code train.evaluateEvery}, {@code train.heldOut} and {@code train.heldOutSubset}.
     *
     * @param defaults of the method
     * @throws ConfigException if one is out of range
     */
    public static Options read(Settings settings, Options defaults) {
      int every = settings.size("train.evaluateEvery", defaults.every(), 0, Integer.MAX_VALUE);
      double share = settings.number("train.heldOut", defaults.share(), 0, 1);
      String subset = settings.text("train.heldOutSubset", defaults.subset());
      if (!(share > 0 && share < 1)) {
        throw notAllowed("train.heldOut must leave some recordings on either side: " + share);
      }
      if (subset.equals(Dataset.TRAIN) || subset.equals(Dataset.TEST)) {
        throw notAllowed(
            "train.heldOutSubset: " + subset + " cannot be held out, it has another use");
      }
      return new Options(every, share, subset, defaults.tious());
    }

    private static List<Double> thresholds() {
      List<Double> thresholds = new ArrayList<>();
      for (double tiou : Thresholds.parse("0.1:0.1:0.7")) {
        thresholds.add(tiou);
      }
      return thresholds;
    }
  }

  private HeldOut(Options options, TrainingData training, List<Recording> recordings, int taken) {
    this.options = options;
    this.training = training;
    this.taken = taken;
    this.recordings = List.copyOf(recordings);
  }

  private static ConfigException notAllowed(String problem) {
    return new ConfigException("KCONF-003", problem, "train.evaluateEvery=0 holds nothing out");
  }

  /**
   * Parts what may be learned from.
   *
   * @param key the run's
   * @throws ConfigException if too few recordings are there, or no action of those held out is
   *     annotated
   * @throws dev.kairos.tensor.io.DataFormatException if a subset was named that is not there
   */
  public static HeldOut of(Options options, TrainingData data, RandomKey key) {
    if (options.every() == 0) {
      return new HeldOut(options, data, List.of(), 0);
    }
    Dataset dataset = data.dataset();
    String name = options.subset();
    boolean named = !name.isEmpty() && !name.equals(Options.VALIDATION);
    if (named || dataset.subsets().contains(name)) {
      List<Recording> subset = dataset.subset(name);
      requireActions(subset);
      return new HeldOut(options, data, subset, 0);
    }
    List<Recording> drawn = drawn(data.recordings(), options.share(), key.child("held out"));
    requireActions(drawn);
    Set<String> ids = new HashSet<>();
    drawn.forEach(recording -> ids.add(recording.id()));
    return new HeldOut(options, data.without(ids), drawn, drawn.size());
  }

  private static void requireActions(List<Recording> heldOut) {
    if (heldOut.stream().allMatch(recording -> recording.instances().isEmpty())) {
      throw notAllowed("train.heldOut: no action of the held-out recordings is annotated");
    }
  }

  /**
   * Some recordings, in the order of the data set; of those with annotated actions if there are.
   */
  private static List<Recording> drawn(List<Recording> all, double share, RandomKey key) {
    int count = (int) Math.max(1, Math.min(all.size() - 1L, Math.round(share * all.size())));
    if (all.size() < 2) {
      throw notAllowed("train.heldOut: needs two recordings to train on, found " + all.size());
    }
    List<Recording> order = new ArrayList<>(all);
    RandomGenerator random = Philox.generator(key);
    for (int i = order.size() - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      Recording swapped = order.get(i);
      order.set(i, order.get(other));
      order.set(other, swapped);
    }
    order.sort(Comparator.comparing(recording -> recording.instances().isEmpty())); // stable
    List<Recording> chosen = order.subList(0, count);
    return all.stream().filter(chosen::contains).toList();
  }

  /** What is left to learn from. */
  public TrainingData training() {
    return training;
  }

  /** The names of the recordings that are held out, in the order of the data set. */
  public List<String> ids() {
    return recordings.stream().map(Recording::id).toList();
  }

  /**
   * The stage with an evaluation every so many steps and after its last; itself where nothing is
   * held out.
   *
   * @param parameters the weights to keep
   * @param localizer with these weights
   */
  public Stage watch(Stage stage, Parameters parameters, Localizer localizer) {
    return options.every() == 0
        ? stage
        : new WatchedStage(
            stage,
            parameters,
            step -> (step + 1) % options.every() == 0,
            () -> score(localizer, parameters.engine()),
            taken);
  }

  /**
   * The stage with an evaluation every so many epochs and after its last step; itself where nothing
   * is held out.
   *
   * @param order says which steps end an epoch
   */
  public Stage watch(Stage stage, Parameters parameters, Localizer localizer, EpochOrder order) {
    return options.every() == 0
        ? stage
        : new WatchedStage(
            stage,
            parameters,
            step -> {
              StepPosition at = order.position(step);
              return at.endsEpoch() && (at.epoch() + 1) % options.every() == 0;
            },
            () -> score(localizer, parameters.engine()),
            taken);
  }

  private double score(Localizer localizer, Engine engine) throws IOException {
    Dataset dataset = training.dataset();
    Map<String, List<ActionInstance>> truth = new LinkedHashMap<>();
    Map<String, List<Detection>> found = new LinkedHashMap<>();
    for (Recording recording : recordings) {
      truth.put(recording.id(), recording.instances());
      FeatureSequence features = Uninterrupted.call(() -> dataset.features(recording));
      try (Scope scope = engine.scope()) {
        var grid = dataset.grid(recording, features.length());
        found.put(recording.id(), localizer.localize(features, grid).detections());
      } catch (NonFiniteScoresException e) {
        throw e.in("held-out recording '" + recording.id() + "'");
      }
    }
    double[] tious = options.tious().stream().mapToDouble(Double::doubleValue).toArray();
    return MeanAveragePrecision.evaluate(truth, found, tious).average();
  }
}
