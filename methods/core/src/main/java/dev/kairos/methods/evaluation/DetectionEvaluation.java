// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.files.Plural;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Segment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Detections that were scored against the annotations of a subset.
 *
 * @param truth the annotated subset
 * @param detections by recording
 * @param result the scores
 * @param notes what was left out or is odd, a sentence each
 */
public record DetectionEvaluation(
    GroundTruth truth,
    Map<String, List<Detection>> detections,
    EvaluationResult result,
    List<String> notes) {

  /** Keeps the notes from change. */
  public DetectionEvaluation {
    notes = List.copyOf(notes);
  }

  /**
   * By whose rules to score.
   *
   * @param protocol a published evaluation
   * @param ambiguous a file of stretches not to judge, a line ID START END each; null for none
   * @param snippetsPerSecond frames per second over stride, positive; null for what the data folder
   *     around the annotations says. Looked at where {@link Protocol#needsSnippets}
   */
  public record Options(
      Protocol protocol, @Nullable Path ambiguous, @Nullable Double snippetsPerSecond) {

    /** The ActivityNet protocol. */
    public static Options activityNet() {
      return new Options(Protocol.ACTIVITYNET, null, null);
    }
  }

  /** That a protocol counts snippets, and nothing says how long one is. */
  public static final class UnknownSnippetsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private UnknownSnippetsException(Protocol protocol, GroundTruth truth) {
      super(
          "protocol "
              + protocol.word()
              + " counts snippets, and no "
              + DatasetDescription.FILE_NAME
              + " beside "
              + truth.file()
              + " says how long one is in every recording");
    }
  }

  /**
   * Scores a file of detections.
   *
   * @param detections in the ActivityNet submission form
   * @param tious thresholds in (0, 1], in any order
   * @throws dev.kairos.tensor.io.DataFormatException if a file is damaged
   * @throws UnknownSnippetsException if the protocol counts snippets and nobody knows their length
   */
  public static DetectionEvaluation of(
      Path detections, GroundTruth truth, Options options, double... tious) throws IOException {
    return of(DetectionFile.read(detections), truth, options, tious);
  }

  /**
   * Scores detections.
   *
   * @param detections by recording; ties are broken by the order of this map and of its lists
   * @param tious thresholds in (0, 1], in any order
   * @throws UnknownSnippetsException if the protocol counts snippets and nobody knows their length
   * @throws IllegalArgumentException if a threshold lies outside (0, 1]
   */
  public static DetectionEvaluation of(
      Map<String, List<Detection>> detections, GroundTruth truth, Options options, double... tious)
      throws IOException {
    Path file = options.ambiguous();
    Map<String, List<Segment>> ambiguous = file == null ? Map.of() : AmbiguousFile.read(file);
    Protocol protocol = options.protocol();
    EvaluationResult result =
        protocol.evaluate(
            new EvaluationInput(truth.instances(), detections, ambiguous),
            snippets(truth, options),
            tious);
    List<String> notes = notes(protocol, result.counts(), truth.subset());
    return new DetectionEvaluation(truth, detections, result, notes);
  }

  /**
   * How far the boundaries of detections with a tIoU of {@value BoundaryErrors#RIGHT_TIOU} or more
   * are off, whatever the protocol.
   */
  public BoundaryErrors boundaries() {
    return BoundaryErrors.of(truth.instances(), detections, BoundaryErrors.RIGHT_TIOU);
  }

  private static double snippets(GroundTruth truth, Options options) throws IOException {
    if (!options.protocol().needsSnippets()) {
      return Double.NaN;
    }
    Double given = options.snippetsPerSecond();
    if (given != null) {
      return given;
    }
    Optional<DatasetDescription> data = truth.description();
    if (data.isEmpty() || Double.isNaN(data.get().secondsPerSnippet())) {
      throw new UnknownSnippetsException(options.protocol(), truth);
    }
    return data.get().fps() / data.get().stride();
  }

  private static List<String> notes(Protocol scored, EvaluationCounts counts, String subset) {
    List<String> notes = new ArrayList<>();
    if (counts.ambiguous() > 0) {
      notes.add(
          "Left out, as they meet an ambiguous stretch: %s."
              .formatted(Plural.of(counts.ambiguous(), "detection")));
    }
    if (counts.unknownLabels() > 0) {
      notes.add(
          "Left out, as subset %s has no such label: %s."
              .formatted(Shown.of(subset), Plural.of(counts.unknownLabels(), "detection")));
    }
    if (counts.unknownRecordingDetections() > 0) {
      notes.add(
          "%s: %s in %s outside subset %s."
              .formatted(
                  scored == Protocol.WTALC ? "Left out" : "Counted as false positives",
                  Plural.of(counts.unknownRecordingDetections(), "detection"),
                  Plural.of(counts.unknownRecordings(), "recording"),
                  Shown.of(subset)));
    }
    return notes;
  }
}
