// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.points;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kairos.methods.files.JsonProblem;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.files.TextFile;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Frames per second of the original recordings, in which published tables count their points.
 * Features are often computed at another rate, after resampling: a table must not be read with that
 * one.
 */
public final class FrameRates {
  private static final int MAX_BYTES = 1 << 26;
  private static final ObjectMapper JSON =
      new ObjectMapper(
          Json.builder()
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(8).build())
              .build());

  private final Map<String, Double> byRecording;
  private final double otherwise;
  private final String place;

  private FrameRates(Map<String, Double> byRecording, double otherwise, String place) {
    this.byRecording = Map.copyOf(byRecording);
    this.otherwise = otherwise;
    this.place = place;
  }

  /** The same rate for all recordings. */
  public static FrameRates constant(double fps) {
    if (!isRate(fps)) {
      throw new IllegalArgumentException("frame rate: must be positive and finite: " + fps);
    }
    return new FrameRates(Map.of(), fps, "");
  }

  /**
   * Reads a rate for each recording, as LACP's {@code fps_dict.json} has them: {@code {id: fps}}.
   *
   * @throws DataFormatException if the file is missing, is not such an object, repeats an id, or a
   *     rate is not a positive number; with the recording's id
   */
  public static FrameRates read(Path file) throws IOException {
    String text = TextFile.readUnpacked(file, MAX_BYTES, "expected a JSON object {id: fps}");
    Map<String, Double> rates = new HashMap<>();
    try {
      JsonNode root = JSON.readTree(text);
      if (!root.isObject()) {
        throw wrong(file, "expected an object {id: fps}");
      }
      for (var entry : root.properties()) {
        JsonNode rate = entry.getValue();
        if (!rate.isNumber() || !isRate(rate.doubleValue())) {
          throw wrong(
              file,
              "recording '%s': expected frames per second, found %s"
                  .formatted(Shown.of(entry.getKey()), Shown.of(rate.toString())));
        }
        rates.put(entry.getKey(), rate.doubleValue());
      }
    } catch (JsonProcessingException e) {
      throw wrong(file, "not valid JSON: " + JsonProblem.words(e.getOriginalMessage()));
    }
    return new FrameRates(rates, Double.NaN, file.toString());
  }

  private static boolean isRate(double fps) {
    return fps > 0 && Double.isFinite(fps);
  }

  private static DataFormatException wrong(Path file, String problem) {
    return DataFormatException.of("KDATA-162", file, problem, "frame rates are {id: fps}");
  }

  /**
   * A rate for each recording.
   *
   * @param rates frames per second by id
   * @param place where they come from, for messages
   */
  public static FrameRates of(Map<String, Double> rates, String place) {
    rates.values().forEach(FrameRates::constant); // refuses what is no rate
    return new FrameRates(rates, Double.NaN, place);
  }

  /** The rates in words, such as {@code 25 a second}. */
  public String description() {
    return Double.isNaN(otherwise) ? "the rates of " + place : otherwise + " a second";
  }

  /** Frames per second of a recording, empty where it is not known. */
  public OptionalDouble of(String recording) {
    double fps = byRecording.getOrDefault(recording, otherwise);
    return Double.isNaN(fps) ? OptionalDouble.empty() : OptionalDouble.of(fps);
  }

  /** The file they were read from, empty where they were given by a program. */
  String place() {
    return place;
  }
}
