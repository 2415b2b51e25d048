// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.tuning;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kairos.methods.evaluation.ValidationFile;
import dev.kairos.methods.evaluation.ValidationFile.Evaluation;
import dev.kairos.tensor.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a search came to so far.
 *
 * @param method the method's name
 * @param data the data set's name
 * @param search how settings were chosen
 * @param planned trials in all
 * @param trials those that are done, by number
 * @param scored how the first run was scored on what it held out; empty before it was
 * @param isComplete false if it was stopped before the last trial
 */
public record TuningResult(
    String method,
    String data,
    SearchPlan.Search search,
    int planned,
    List<Trial> trials,
    Optional<ValidationFile.Content> scored,
    boolean isComplete) {
  /** The file that {@link #write} makes. */
  public static final String FILE_NAME = "trials.json";

  private static final JsonMapper JSON = new JsonMapper();

  /** Copies the list. */
  public TuningResult {
    trials = List.copyOf(trials);
  }

  /** The trial with the highest mean score, the first of several; empty where all failed. */
  public Optional<Trial> best() {
    return ranked().stream().findFirst().filter(trial -> !trial.isFailed());
  }

  /** The trials from the best to the worst, those that failed at the end. */
  public List<Trial> ranked() {
    return trials.stream()
        .sorted(
            Comparator.comparing(Trial::isFailed)
                .thenComparing(Comparator.comparingDouble(Trial::average).reversed()))
        .toList();
  }

  /** Writes it beside the trials; the file is complete or as it was. */
  void write(Path folder) throws IOException {
    AtomicFiles.writeString(folder.resolve(FILE_NAME), toJson() + "\n");
  }

  /** All of it as JSON, scores as fractions. */
  public String toJson() {
    ObjectNode json = JSON.createObjectNode();
    json.put("method", method);
    json.put("data", data);
    scored.ifPresent(
        content -> {
          json.put("protocol", content.protocol().word());
          content.tious().forEach(json.putArray("tiou")::add);
          json.put("subset", content.subset());
        });
    json.put("search", search.word());
    json.put("planned", planned);
    json.put("complete", isComplete);
    best().ifPresent(trial -> json.put("best", trial.number()));
    ArrayNode all = json.putArray("trials");
    trials.forEach(trial -> put(all.addObject(), trial));
    return json.toPrettyString();
  }

  private static void put(ObjectNode json, Trial trial) {
    json.put("trial", trial.number());
    json.put("folder", String.valueOf(trial.folder().getFileName()));
    ObjectNode settings = json.putObject("settings");
    trial.settings().forEach(settings::put);
    json.put("status", trial.isFailed() ? "failed" : "done");
    if (trial.isFailed()) {
      json.put("problem", trial.problem());
      return;
    }
    json.put("average", trial.average());
    if (trial.runs().size() > 1) {
      json.put("sd", trial.deviation());
    }
    ArrayNode runs = json.putArray("runs");
    for (Trial.Run run : trial.runs()) {
      Evaluation kept = run.kept();
      ObjectNode each = runs.addObject();
      each.put("seed", run.seed());
      each.put("average", kept.average());
      if (Double.isFinite(kept.classification())) {
        each.put("classification", kept.classification());
      }
      each.put("stage", kept.stage());
      each.put("step", kept.step());
    }
  }
}
