// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.report;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.evaluation.EvaluationFile;
import dev.kairos.methods.files.Plural;
import dev.kairos.methods.report.ReportData.Curve;
import dev.kairos.methods.report.ReportData.Scores;
import dev.kairos.methods.run.Provenance;
import dev.kairos.methods.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run folder keeps of a run, for a report.
 *
 * @param folder where it is
 * @param status how far it came
 * @param steps training steps that are done
 * @param evaluation the scores, null where nothing was scored
 * @param origin where the run comes from, null where it was killed before it said so
 * @param settings every setting, key to value
 * @param losses the training curves
 * @param learningRates the learning rate of each step; none where it was not noted
 */
public record RunSummary(
    RunFolder folder,
    Status status,
    long steps,
    EvaluationFile.@Nullable Content evaluation,
    @Nullable Provenance origin,
    Map<String, String> settings,
    List<Curve> losses,
    List<Curve> learningRates) {
  private static final int COMMIT = 12;

  /** How far a run came. */
  public enum Status {
    /** Its training is not at its end. */
    UNFINISHED,
    /** It was trained to its end, and stopped before it was scored. */
    NOT_SCORED,
    /** It is done, and there was no subset test. */
    NOTHING_TO_SCORE,
    /** It is done, and has scores. */
    SCORED
  }

  /**
   * Reads a run.
   *
   * @throws dev.kairos.tensor.io.DataFormatException if one of its files is damaged
   */
  public static RunSummary read(RunFolder folder) throws IOException {
    RunFolder.Position position = folder.position();
    boolean described = Files.exists(folder.file(RunFolder.PROVENANCE));
    Provenance origin = described ? RunReport.origin(folder) : null;
    Status status = Status.NOT_SCORED;
    EvaluationFile.Content evaluation = null;
    if (!position.finished()) {
      status = Status.UNFINISHED;
    } else if (Files.exists(folder.file(RunFolder.EVALUATION))) {
      status = Status.SCORED;
      evaluation = EvaluationFile.read(folder.file(RunFolder.EVALUATION));
    } else if (origin != null
        && origin.end() != null
        && !Files.exists(folder.file(RunFolder.DETECTIONS))) {
      status = Status.NOTHING_TO_SCORE;
    }
    return new RunSummary(
        folder,
        status,
        position.total(),
        evaluation,
        origin,
        Collections.unmodifiableMap(folder.settings()),
        RunReport.losses(folder, ""),
        RunReport.learningRates(folder));
  }

  /** Why there are no scores, in words; empty where there are. */
  public String state() {
    return switch (status) {
      case UNFINISHED -> "training is not finished: " + Plural.of(steps, "step") + " done";
      case NOT_SCORED -> "trained and not scored yet";
      case NOTHING_TO_SCORE -> "not scored: the data set has no subset " + Dataset.TEST;
      case SCORED -> "";
    };
  }

  /** The scores in a report's terms, where there are any. */
  public Optional<Scores> scores() {
    EvaluationFile.Content kept = evaluation;
    return kept == null
        ? Optional.empty()
        : Optional.of(
            new Scores(
                kept.about().words(kept.protocol()),
                kept.tious(),
                kept.map(),
                kept.average(),
                kept.perClass()));
  }

  /** The name of the method. */
  public String method() {
    return settings.getOrDefault("method", "METHOD").replace("\"", "");
  }

  /** The seed as it was set. */
  public String seed() {
    return settings.getOrDefault("seed", "0");
  }

  /** Where the run comes from, short enough for a table. */
  public Map<String, String> shortOrigin() {
    Map<String, String> lines = new LinkedHashMap<>();
    Provenance known = origin;
    if (known != null) {
      String commit = known.commit() == null ? "not known" : known.commit();
      lines.put("commit", commit.substring(0, Math.min(COMMIT, commit.length())));
      known.summary().forEach(lines::putIfAbsent);
      lines.keySet().removeAll(List.of("configuration", "features"));
      lines.computeIfPresent("started", (key, time) -> time.replace('T', ' '));
      lines.computeIfPresent("ended", (key, time) -> time.replace('T', ' '));
    }
    return lines;
  }

  /** The fingerprint of the annotations, where the run says so. */
  public Optional<String> annotations() {
    Provenance known = origin;
    return Optional.ofNullable(known == null ? null : known.features().get("annotations.json"));
  }

  /** The curve of the whole loss, or the first one there is. */
  public List<Curve> loss() {
    Optional<Curve> whole = losses.stream().filter(c -> c.name().equals("loss")).findFirst();
    return whole.or(() -> losses.stream().findFirst()).map(List::of).orElse(List.of());
  }
}
