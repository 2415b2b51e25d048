// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pipeline;

import dev.kairos.methods.data.Recording;
import dev.kairos.methods.files.Plural;
import dev.kairos.methods.localization.Localization;
import dev.kairos.methods.localization.ToldClasses;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Looks for detections that were cut: where the classes of recordings are told well and yet few
 * actions are found, a threshold is the likely cause, and a reader of the scores should hear which.
 */
public final class LostDetections {
  private static final double WELL = 0.8;
  private static final double NEAR_ZERO = 0.02;

  private final List<String> classes;
  private final Map<String, Object> settings;
  private final List<Pair> pairs = new ArrayList<>();
  private final OptionalDouble classification;
  private final int instances;
  private final int detections;

  /** A class that occurs in a recording, by annotation. */
  private record Pair(double score, boolean found) {}

  /**
   * What was found in annotated recordings.
   *
   * @param classes in the order of the scores of recordings
   * @param settings of the run by key, see {@link dev.kairos.methods.training.Experiment#resolved}
   * @param recordings all are in {@code found}
   */
  public LostDetections(
      List<String> classes,
      Map<String, Object> settings,
      List<Recording> recordings,
      Map<String, Localization> found) {
    this.classes = List.copyOf(classes);
    this.settings = Map.copyOf(settings);
    this.classification = ToldClasses.of(classes, recordings, found);
    int annotated = 0;
    int made = 0;
    for (Recording recording : recordings) {
      Localization localization = ToldClasses.in(found, recording);
      annotated += recording.instances().size();
      made += localization.detections().size();
      if (classification.isPresent()) {
        add(recording, localization);
      }
    }
    this.instances = annotated;
    this.detections = made;
  }

  private void add(Recording recording, Localization localization) {
    double[] scores = localization.prediction().videoScores();
    Set<String> labels = new HashSet<>();
    localization.detections().forEach(detection -> labels.add(detection.label()));
    Set<String> annotated = new HashSet<>();
    recording.instances().forEach(instance -> annotated.add(instance.label()));
    for (int c = 0; c < classes.size(); c++) {
      if (annotated.contains(classes.get(c))) {
        pairs.add(new Pair(scores[c], labels.contains(classes.get(c))));
      }
    }
  }

  /**
   * How well the classes of recordings are told, see {@link ToldClasses}; empty where the model
   * does not score recordings or no class occurs.
   */
  public OptionalDouble classification() {
    return classification;
  }

  /**
   * A sentence that names the setting which cut detections; empty where the classes of recordings
   * are not told well, or actions are found.
   *
   * @param map average mAP of the detections, a fraction
   */
  public Optional<String> note(double map) {
    OptionalDouble told = classification();
    boolean few = 2L * detections < instances;
    if (told.isEmpty() || told.getAsDouble() < WELL || !(few || map < NEAR_ZERO)) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "Few actions are found although the classes of recordings are told well"
                + " (classification mAP %.1f %%): %s for %s, average mAP %.2f %%. %s",
            told.getAsDouble() * 100,
            Plural.of(detections, "detection"),
            Plural.of(instances, "annotated action"),
            map * 100,
            cause()));
  }

  private String cause() {
    double threshold =
        setting("classThreshold") instanceof Number number
            ? number.doubleValue()
            : Double.NEGATIVE_INFINITY;
    long reached = pairs.stream().filter(pair -> pair.score() >= threshold).count();
    long found = pairs.stream().filter(Pair::found).count();
    long missed = pairs.stream().filter(p -> p.score() >= threshold && !p.found()).count();
    if (2 * reached < pairs.size() && 2 * found < pairs.size()) {
      return "classThreshold cut them: %d of %s of recordings reached %s; a smaller one, or"
              .formatted(reached, Plural.of(pairs.size(), "class"), threshold)
          + " bestClassIfNone=true, lets more pass.";
    }
    if (2 * missed > reached) {
      return "activationThresholds cut them: in %d of %s of recordings that were searched for"
              .formatted(missed, Plural.of(reached, "class"))
          + " nothing lies above the lowest"
          + lowest()
          + ".";
    }
    return 2L * detections < instances
        ? "Most classes have a detection, so suppression="
            + setting("suppression")
            + " cut the others, or activationThresholds leave one long run of several actions."
        : "They lie elsewhere than the actions: activationThresholds say where one begins and ends.";
  }

  private String lowest() {
    return setting("activationThresholds") instanceof List<?> all && !all.isEmpty()
        ? ", " + all.stream().mapToDouble(each -> ((Number) each).doubleValue()).min().getAsDouble()
        : "";
  }

  /** A setting by the end of its key, of the last stage that has it; "" where there is none. */
  private Object setting(String name) {
    return settings.entrySet().stream()
        .filter(e -> e.getKey().equals(name) || e.getKey().endsWith("." + name))
        .sorted(Map.Entry.<String, Object>comparingByKey().reversed())
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }
}
