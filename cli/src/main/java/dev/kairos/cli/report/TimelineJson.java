// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.kairos.methods.report.ReportData.Activation;
import dev.kairos.methods.report.ReportData.Timeline;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Detection;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The recordings as the page's script reads them: {@code {maxScore, recordings: [{id, duration,
 * total, hiddenClasses, lanes: [{label, truth: [[s, e]..], detections: [[s, e, score]..], cas:
 * {step, values}}]}]}}. Kept small: the strongest detections, and long curves by the maximum of
 * each stretch.
 */
final class TimelineJson {
  static final int MOST_DETECTIONS = 200;
  private static final int MOST_OTHER_CLASSES = 4;
  private static final int MOST_POINTS = 500;
  private static final MathContext DIGITS = new MathContext(5);

  private TimelineJson() {}

  /** JSON that is safe inside a script element. */
  static String of(List<Timeline> recordings) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("maxScore", maxScore(recordings));
      json.writeArrayFieldStart("recordings");
      for (Timeline recording : recordings) {
        write(json, recording);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString()
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  private static double maxScore(List<Timeline> recordings) {
    return recordings.stream()
        .flatMap(recording -> recording.detections().stream())
        .mapToDouble(Detection::score)
        .filter(score -> score > 0 && Double.isFinite(score))
        .max()
        .orElse(1);
  }

  private static void write(JsonGenerator json, Timeline recording) throws IOException {
    List<Detection> strongest =
        recording.detections().stream()
            .sorted(Comparator.comparingDouble(Detection::score).reversed())
            .limit(MOST_DETECTIONS)
            .toList();
    Set<String> lanes = lanes(recording, strongest);
    Set<String> all = new LinkedHashSet<>(lanes);
    recording.detections().forEach(detection -> all.add(detection.label()));
    json.writeStartObject();
    json.writeStringField("id", recording.id());
    number(json, "duration", recording.seconds());
    json.writeNumberField("total", recording.detections().size());
    json.writeNumberField("hiddenClasses", all.size() - lanes.size());
    json.writeArrayFieldStart("lanes");
    for (String label : lanes) {
      lane(json, label, recording, strongest);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** The classes to show: annotated, with activation, and the strongest of the others. */
  private static Set<String> lanes(Timeline recording, List<Detection> strongest) {
    Set<String> lanes = new LinkedHashSet<>();
    recording.truth().forEach(action -> lanes.add(action.label()));
    recording.cas().forEach(curve -> lanes.add(curve.label()));
    int others = 0;
    for (Detection detection : strongest) {
      if (others < MOST_OTHER_CLASSES && lanes.add(detection.label())) {
        others++;
      }
    }
    return lanes;
  }

  private static void lane(
      JsonGenerator json, String label, Timeline recording, List<Detection> strongest)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("label", label);
    json.writeArrayFieldStart("truth");
    for (ActionInstance action : recording.truth()) {
      if (action.label().equals(label)) {
        numbers(json, List.of(action.segment().start(), action.segment().end()));
      }
    }
    json.writeEndArray();
    json.writeArrayFieldStart("detections");
    for (Detection detection : strongest) {
      if (detection.label().equals(label)) {
        double start = detection.segment().start();
        numbers(json, List.of(start, detection.segment().end(), detection.score()));
      }
    }
    json.writeEndArray();
    for (Activation curve : recording.cas()) {
      if (curve.label().equals(label)) {
        cas(json, curve);
        break;
      }
    }
    json.writeEndObject();
  }

  private static void cas(JsonGenerator json, Activation curve) throws IOException {
    int stretch = Math.max(1, (curve.values().size() + MOST_POINTS - 1) / MOST_POINTS);
    List<Double> values = new ArrayList<>();
    for (int from = 0; from < curve.values().size(); from += stretch) {
      double high = Double.NEGATIVE_INFINITY;
      for (int i = from; i < Math.min(curve.values().size(), from + stretch); i++) {
        high = Math.max(high, curve.values().get(i));
      }
      values.add(Double.isFinite(high) ? high : 0);
    }
    json.writeObjectFieldStart("cas");
    number(json, "step", curve.secondsPerSnippet() * stretch);
    json.writeFieldName("values");
    numbers(json, values);
    json.writeEndObject();
  }

  private static void numbers(JsonGenerator json, List<Double> values) throws IOException {
    json.writeStartArray();
    for (double value : values) {
      json.writeNumber(rounded(value));
    }
    json.writeEndArray();
  }

  private static void number(JsonGenerator json, String name, double value) throws IOException {
    json.writeNumberField(name, rounded(value));
  }

  private static BigDecimal rounded(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(DIGITS).stripTrailingZeros()
        : BigDecimal.ZERO;
  }
}
