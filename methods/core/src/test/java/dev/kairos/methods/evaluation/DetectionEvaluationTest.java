// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.data.AnnotationFile;
import dev.kairos.methods.data.AnnotationRules;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.FeatureStream;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.evaluation.DetectionEvaluation.Options;
import dev.kairos.methods.evaluation.DetectionEvaluation.UnknownSnippetsException;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Segment;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectionEvaluationTest {
  @TempDir private Path folder;
  private Path annotations = Path.of("");

  @BeforeEach
  void write() throws IOException {
    annotations = folder.resolve(AnnotationFile.FILE_NAME);
    ActionInstance jump = new ActionInstance("jump", new Segment(2, 8));
    AnnotationFile.write(
        annotations,
        List.of(
            new Recording("a", "test", 20, List.of(jump), List.of()),
            new Recording("b", "test", 20, List.of(), List.of()),
            new Recording("c", "train", 20, List.of(jump), List.of()),
            new Recording("d", "bare", 20, List.of(), List.of())));
  }

  private static Map<String, List<Detection>> detections() {
    Map<String, List<Detection>> found = new LinkedHashMap<>();
    found.put("a", List.of(new Detection("jump", new Segment(2, 7), 0.9)));
    found.put("b", List.of(new Detection("run", new Segment(1, 2), 0.3)));
    found.put("c", List.of(new Detection("jump", new Segment(2, 8), 0.1)));
    return found;
  }

  @Test
  void takesASubsetOfAFolderAndSaysWhatIsOdd() throws IOException {
    GroundTruth truth = GroundTruth.read(folder, "test");
    assertEquals(List.of("a", "b"), List.copyOf(truth.recordings().keySet()));
    Path file = folder.resolve("detections.json");
    DetectionFile.write(file, detections());
    DetectionEvaluation scored =
        DetectionEvaluation.of(file, truth, Options.activityNet(), 0.5, 0.9);
    assertArrayEquals(new double[] {1, 0}, scored.result().map());
    assertEquals(
        List.of(
            "Left out, as subset test has no such label: 1 detection.",
            "Counted as false positives: 1 detection in 1 recording outside subset test."),
        scored.notes());
  }

  @Test
  void snippetsAreCountedByTheDescriptionBesideOrAsTold() throws IOException {
    GroundTruth truth = GroundTruth.read(annotations, "test");
    Options counted = new Options(Protocol.WTALC, null, null);
    assertThrows(
        UnknownSnippetsException.class,
        () -> DetectionEvaluation.of(detections(), truth, counted, 0.5));
    Options told = new Options(Protocol.WTALC, null, 2.0);
    double[] map = DetectionEvaluation.of(detections(), truth, told, 0.5).result().map();
    new DatasetDescription("d", List.of(new FeatureStream("s", 1)), 32, 16, List.of("jump"), "", "")
        .write(folder.resolve(DatasetDescription.FILE_NAME));
    assertArrayEquals(
        map, DetectionEvaluation.of(detections(), truth, counted, 0.5).result().map());
  }

  @Test
  void aSubsetThatCannotBeScoredIsRefused() throws IOException {
    var missing =
        assertThrows(DataFormatException.class, () -> GroundTruth.read(annotations, "tests"));
    assertTrue(missing.getMessage().contains("no recording is in subset 'tests'"));
    var bare = assertThrows(DataFormatException.class, () -> GroundTruth.read(folder, "bare"));
    assertEquals("KDATA-907", bare.code());
  }

  private Optional<String> usual(String... subsets) throws IOException {
    List<Recording> recordings = new ArrayList<>();
    for (String subset : subsets) {
      ActionInstance jump = new ActionInstance("jump", new Segment(1, 2));
      recordings.add(new Recording("in " + subset, subset, 9, List.of(jump), List.of()));
    }
    Path file = folder.resolve("usual.json");
    AnnotationFile.write(file, recordings);
    return GroundTruth.usualSubset(file, AnnotationFile.read(file), AnnotationRules.USUAL);
  }

  @Test
  void theUsualSubsetIsTheOnlyOneOrTheOneToScoreOn() throws IOException {
    assertEquals(Optional.of("test"), usual("train", "test", "val"));
    assertEquals(Optional.of("one"), usual("one"));
    assertEquals(Optional.of("validation"), usual("training", "validation"));
    assertEquals(Optional.of("Test"), usual("Validation", "Test"));
    assertEquals(Optional.empty(), usual("a", "b"));
  }

  @Test
  void severalSubsetsAreScoredTogetherWithoutWhatIsPassedOver() throws IOException {
    Path file = folder.resolve("several.json");
    ActionInstance jump = new ActionInstance("jump", new Segment(1, 2));
    ActionInstance unclear = new ActionInstance("Ambiguous", new Segment(3, 4));
    AnnotationFile.write(
        file,
        List.of(
            new Recording("x", "a", 9, List.of(jump, unclear), List.of()),
            new Recording("y", "b", 9, List.of(jump), List.of()),
            new Recording("z", "c", 9, List.of(jump), List.of())));
    AnnotationRules rules = AnnotationRules.USUAL.ignoring(List.of("Ambiguous"));
    GroundTruth truth = GroundTruth.of(file, AnnotationFile.read(file), rules, "a,b");
    assertEquals(List.of("x", "y"), List.copyOf(truth.recordings().keySet()));
    assertEquals(List.of(jump), truth.instances().get("x"));
    AnnotationRules chosen = rules.withSubsets(List.of("a"), List.of("b", "c"));
    GroundTruth asked = GroundTruth.of(file, AnnotationFile.read(file), chosen, "test");
    assertEquals(List.of("y", "z"), List.copyOf(asked.recordings().keySet()));
  }
}
