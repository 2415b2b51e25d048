// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.kairos.methods.evaluation.EvaluationResult;
import dev.kairos.methods.evaluation.Thresholds;
import dev.kairos.tensor.io.AtomicFiles;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The same training with several seeds: mean and sample standard deviation of the scores. */
final class SeedRuns {
  static final String SUMMARY = "summary.json";

  private final String method;
  private final double[] tious;
  private final Map<Long, double[]> scores = new LinkedHashMap<>(); // mAP, then the average

  SeedRuns(String method, double[] tious) {
    this.method = method;
    this.tious = tious.clone();
  }

  /** Adds the scores of a run. */
  void add(long seed, EvaluationResult result) {
    add(seed, MapTable.values(result));
  }

  /** Adds the scores of a run: mAP at each threshold, then the average. */
  void add(long seed, double[] values) {
    scores.put(seed, values.clone());
  }

  boolean isEmpty() {
    return scores.isEmpty();
  }

  double[] mean() {
    double[] mean = new double[tious.length + 1];
    for (double[] run : scores.values()) {
      for (int k = 0; k < mean.length; k++) {
        mean[k] += run[k] / scores.size();
      }
    }
    return mean;
  }

  /** The sample standard deviation; NaN for a single run. */
  double[] deviation() {
    double[] mean = mean();
    double[] sd = new double[mean.length];
    for (int k = 0; k < sd.length; k++) {
      double squares = 0;
      for (double[] run : scores.values()) {
        squares += (run[k] - mean[k]) * (run[k] - mean[k]);
      }
      sd[k] = Math.sqrt(squares / (scores.size() - 1));
    }
    return sd;
  }

  void print(PrintStream out) {
    MapTable table = new MapTable(tious);
    scores.forEach((seed, run) -> table.row(method + ", seed " + seed, run));
    table.row("mean", mean());
    if (scores.size() > 1) {
      table.row("standard deviation", deviation());
    }
    table.print(out);
  }

  /** Writes {@code summary.json}, fractions, {@code sd} null for a single run. */
  void write(Path folder) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      json.writeStringField("method", method);
      json.writeArrayFieldStart("tiou");
      for (double tiou : tious) {
        json.writeNumber(Thresholds.written(tiou));
      }
      json.writeEndArray();
      json.writeArrayFieldStart("runs");
      for (Map.Entry<Long, double[]> run : scores.entrySet()) {
        json.writeStartObject();
        json.writeNumberField("seed", run.getKey());
        numbers(json, "map", "average", run.getValue());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeObjectFieldStart("mean");
      numbers(json, "map", "average", mean());
      json.writeEndObject();
      if (scores.size() > 1) {
        json.writeObjectFieldStart("sd");
        numbers(json, "map", "average", deviation());
        json.writeEndObject();
      } else {
        json.writeNullField("sd");
      }
      json.writeEndObject();
    }
    AtomicFiles.writeString(folder.resolve(SUMMARY), text + "\n");
  }

  private static void numbers(JsonGenerator json, String list, String last, double[] values)
      throws IOException {
    json.writeFieldName(list);
    json.writeArray(values, 0, values.length - 1);
    json.writeNumberField(last, values[values.length - 1]);
  }
}
