// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.evaluation.EvaluationFile;
import dev.kairos.methods.report.ReportData.Curve;
import dev.kairos.methods.report.RunReport;
import dev.kairos.methods.run.Provenance;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run folder keeps of a run, for a report.
 *
 * @param folder where it is
 * @param state why there are no scores, empty where there are
 * @param evaluation the scores, null where nothing was scored
 * @param origin where the run comes from, null where it was killed before it said so
 * @param settings every setting, key to value
 * @param losses the training curves
 */
record KeptRun(
    RunFolder folder,
    String state,
    EvaluationFile.@Nullable Content evaluation,
    @Nullable Provenance origin,
    Map<String, String> settings,
    List<Curve> losses) {
  private static final int COMMIT = 12;

  /**
   * Reads a run.
   *
   * @throws DataFormatException if the run was trained to its end and its scores are missing
   */
  static KeptRun read(RunFolder folder) throws IOException {
    RunFolder.Position position = folder.position();
    boolean described = Files.exists(folder.file(RunFolder.PROVENANCE));
    Provenance origin = described ? RunReport.origin(folder) : null;
    String state = "";
    EvaluationFile.Content evaluation = null;
    if (!position.finished()) {
      state = "training is not finished: " + Messages.count(position.total(), "step") + " done";
    } else if (Files.exists(folder.file(RunFolder.EVALUATION))) {
      evaluation = EvaluationFile.read(folder.file(RunFolder.EVALUATION));
    } else if (origin != null
        && origin.end() != null
        && !Files.exists(folder.file(RunFolder.DETECTIONS))) {
      state = "not scored: the data set has no subset " + Dataset.TEST;
    } else {
      throw missing(folder);
    }
    return new KeptRun(
        folder, state, evaluation, origin, folder.settings(), RunReport.losses(folder, ""));
  }

  private static DataFormatException missing(RunFolder folder) throws IOException {
    return DataFormatException.of(
        "KDATA-931",
        folder.path(),
        "is trained, but has no scores: " + RunFolder.EVALUATION + " is missing",
        "score it: kairos train "
            + method(folder.settings())
            + " --data DIR --out "
            + Shell.quoted(folder.path())
            + " --resume");
  }

  String method() {
    return method(settings);
  }

  private static String method(Map<String, String> settings) {
    return settings.getOrDefault("method", "METHOD").replace("\"", "");
  }

  /** The seed as it was set. */
  String seed() {
    return settings.getOrDefault("seed", "0");
  }

  /** Where the run comes from, short enough for a table. */
  Map<String, String> shortOrigin() {
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
  Optional<String> annotations() {
    Provenance known = origin;
    return Optional.ofNullable(known == null ? null : known.features().get("annotations.json"));
  }

  /** The curve of the whole loss, or the first one there is. */
  List<Curve> loss() {
    Optional<Curve> whole = losses.stream().filter(c -> c.name().equals("loss")).findFirst();
    return whole.or(() -> losses.stream().findFirst()).map(List::of).orElse(List.of());
  }
}
