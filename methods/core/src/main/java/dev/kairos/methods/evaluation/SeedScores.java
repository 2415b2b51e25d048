// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.kairos.methods.data.Dataset;
import dev.kairos.tensor.io.AtomicFiles;
import dev.kairos.tensor.io.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The scores on the test recordings of one training with several seeds: their mean and sample
 * standard deviation.
 */
public final class SeedScores {
  /** The file that {@link #write} makes. */
  public static final String FILE_NAME = "summary.json";

  private final String unit;
  private final String method;
  private final double[] tious;
  private Protocol protocol = Protocol.ACTIVITYNET;
  private final Map<Long, double[]> scores = new LinkedHashMap<>(); // mAP, then the average

  /**
   * No scores yet.
   *
   * @param method its name
   * @param tious thresholds of the scores
   */
  public SeedScores(String method, double... tious) {
    this("seed", method, tious);
  }

  /**
   * The same of runs that differ in something else.
   *
   * @param unit what their numbers count, such as {@code fold}
   */
  public SeedScores(String unit, String method, double... tious) {
    this.unit = unit;
    this.method = method;
    this.tious = tious.clone();
  }

  /** Adds the scores of a run. */
  public void add(long seed, EvaluationResult result) {
    double[] values = Arrays.copyOf(result.map(), tious.length + 1);
    values[tious.length] = result.average();
    protocol = result.protocol();
    add(seed, values);
  }

  /**
   * Adds the scores of a run.
   *
   * @param values mAP at each threshold, then their average
   * @throws IllegalArgumentException if there are more or fewer
   */
  public void add(long seed, double[] values) {
    if (values.length != tious.length + 1) {
      throw new IllegalArgumentException(
          "seed %d: needs mAP at %d thresholds and the average, found %d values"
              .formatted(seed, tious.length, values.length));
    }
    scores.put(seed, values.clone());
  }

  /** What the numbers of the runs count: {@code seed} or {@code fold}. */
  public String unit() {
    return unit;
  }

  /** The method's name. */
  public String method() {
    return method;
  }

  /** The thresholds. */
  public double[] tious() {
    return tious.clone();
  }

  /** mAP at each threshold, then the average, by seed in the order in which they were added. */
  public Map<Long, double[]> scores() {
    return Collections.unmodifiableMap(scores);
  }

  /** Whether nothing was added. */
  public boolean isEmpty() {
    return scores.isEmpty();
  }

  /** The mean over the seeds: of mAP at each threshold, then of the average. */
  public double[] mean() {
    double[] mean = new double[tious.length + 1];
    for (double[] run : scores.values()) {
      for (int k = 0; k < mean.length; k++) {
        mean[k] += run[k] / scores.size();
      }
    }
    return mean;
  }

  /** The sample standard deviation over the seeds, in the order of {@link #mean}; NaN of one. */
  public double[] deviation() {
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

  /** Writes {@code summary.json}, fractions, {@code sd} null for a single run. */
  public void write(Path folder) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = Json.factory().createGenerator(text)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      json.writeStringField("method", method);
      json.writeStringField("protocol", protocol.word());
      json.writeStringField("subset", Dataset.TEST);
      json.writeArrayFieldStart("tiou");
      for (double tiou : tious) {
        json.writeNumber(Thresholds.written(tiou));
      }
      json.writeEndArray();
      json.writeArrayFieldStart("runs");
      for (Map.Entry<Long, double[]> run : scores.entrySet()) {
        json.writeStartObject();
        json.writeNumberField(unit, run.getKey());
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
    AtomicFiles.writeString(folder.resolve(FILE_NAME), text + "\n");
  }

  private static void numbers(JsonGenerator json, String list, String last, double[] values)
      throws IOException {
    json.writeFieldName(list);
    json.writeArray(values, 0, values.length - 1);
    json.writeNumberField(last, values[values.length - 1]);
  }
}
