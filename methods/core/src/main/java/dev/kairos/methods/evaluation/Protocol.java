// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A published protocol of evaluation. Scores of different protocols cannot be compared. */
public enum Protocol {
  /** In seconds, as the ActivityNet evaluation: {@link MeanAveragePrecision}. */
  ACTIVITYNET,
  /** On the snippet grid, as W-TALC and its relatives: {@link SnippetMeanAveragePrecision}. */
  WTALC,
  /** In seconds, as the official THUMOS14 kit: {@link Thumos14MeanAveragePrecision}. */
  THUMOS14;

  /** The name that users type and result files hold. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All names, as a message lists them. */
  public static String words() {
    return Stream.of(values()).map(Protocol::word).collect(Collectors.joining(", "));
  }

  /** The protocol of this name. */
  public static Optional<Protocol> named(String word) {
    return Stream.of(values()).filter(p -> p.word().equals(word)).findFirst();
  }

  /** Whether scores depend on how long a snippet is. */
  public boolean needsSnippets() {
    return this == WTALC;
  }

  /** Whether ambiguous stretches are left out; otherwise they are judged as all others. */
  public boolean usesAmbiguous() {
    return this != ACTIVITYNET;
  }

  /**
   * Scores detections.
   *
   * @param snippetsPerSecond frames per second divided by the stride; looked at only where {@link
   *     #needsSnippets}
   * @param tious thresholds in (0, 1], in any order
   * @throws IllegalArgumentException if there is no annotated instance at all, a threshold is
   *     outside (0, 1], a score is not a number, or snippets per second are needed and not positive
   */
  public EvaluationResult evaluate(
      EvaluationInput input, double snippetsPerSecond, double[] tious) {
    return switch (this) {
      case ACTIVITYNET -> MeanAveragePrecision.evaluate(input.truth(), input.detections(), tious);
      case WTALC ->
          new SnippetMeanAveragePrecision(snippetsPerSecond, false)
              .evaluate(
                  input.truth(), onSnippets(input, snippetsPerSecond), input.ambiguous(), tious);
      case THUMOS14 -> Thumos14MeanAveragePrecision.evaluate(input, tious);
    };
  }

  private static Map<String, List<SnippetDetection>> onSnippets(
      EvaluationInput input, double rate) {
    Map<String, List<SnippetDetection>> found = new LinkedHashMap<>();
    input
        .detections()
        .forEach(
            (id, detections) -> {
              List<SnippetDetection> converted = new ArrayList<>(detections.size());
              detections.forEach(d -> converted.add(SnippetDetection.of(d, rate)));
              found.put(id, converted);
            });
    return found;
  }
}
