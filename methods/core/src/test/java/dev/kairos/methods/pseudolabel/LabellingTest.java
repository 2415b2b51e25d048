// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pseudolabel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.DatasetWriter;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.FeatureStream;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.evaluation.BoundaryErrors;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Segment;
import dev.kairos.methods.training.TrainingData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels of a data folder whose only feature is the number of the snippet, one second each. */
class LabellingTest {
  @TempDir Path parent;

  private TrainingData data;

  @BeforeEach
  void write() throws IOException {
    DatasetDescription description =
        new DatasetDescription(
            "small", List.of(new FeatureStream("rgb", 1)), 1, 1, List.of("Jump", "Run"), "", "");
    List<Recording> recordings =
        List.of(
            new Recording(
                "a",
                "train",
                6,
                List.of(
                    new ActionInstance("Run", new Segment(1, 3)),
                    new ActionInstance("Jump", new Segment(2.5, 4))),
                List.of()),
            new Recording(
                "b",
                "train",
                3,
                List.of(new ActionInstance("Jump", new Segment(0, 1))),
                List.of()));
    Path folder = parent.resolve("data");
    DatasetWriter.write(folder, description, recordings, (r, stream) -> ramp((int) r.duration()));
    data = new TrainingData(Dataset.open(folder), "train", 1L << 20);
  }

  private static FeatureSequence ramp(int length) {
    float[] values = new float[length];
    for (int t = 0; t < length; t++) {
      values[t] = t;
    }
    return FeatureSequence.of(length, 1, values);
  }

  /** Class 1 at snippets 1 and 2, background at 5, nothing elsewhere. */
  private static int[] label(float[] features) {
    int[] labels = new int[features.length];
    for (int t = 0; t < labels.length; t++) {
      int snippet = Math.round(features[t]);
      labels[t] = snippet == 1 || snippet == 2 ? 1 : snippet == 5 ? 2 : PseudoLabels.NONE;
    }
    return labels;
  }

  @Test
  void sampledAndAtOwnLength() {
    PseudoLabels own = Labelling.ofOwnLength(data, (features, classes) -> label(features));
    assertArrayEquals(new int[] {-1, 1, 1, -1, -1, 2}, own.of(0));
    assertArrayEquals(new int[] {-1, 1, 1}, own.of(1));
    own.requireRecordings(data);
    PseudoLabels sampled = Labelling.of(data, 3, (features, classes) -> label(features));
    assertArrayEquals(new int[] {-1, 1, 1}, sampled.of(1));
    sampled.requireOf(data, 3);
    sampled.requireRecordings(data);
    assertThrows(IllegalArgumentException.class, () -> own.requireOf(data, 3));
  }

  /** Right are both of the first recording's class 1 and its background, and nothing of b. */
  @Test
  void qualityCountsTheSnippetsThatHaveLabels() {
    PseudoLabels own = Labelling.ofOwnLength(data, (features, classes) -> label(features));
    assertEquals(new LabelQuality(5, 3, 9), Labelling.quality(data, own));
    PseudoLabels all = Labelling.of(data, 3, (features, classes) -> new int[] {1, 1, 1});
    LabelQuality quality = Labelling.quality(data, all);
    assertEquals(6, quality.selected());
    assertEquals(6, quality.total());
  }

  /** Run is at 1 to 3 and Jump at 2.5 to 4 of a, Jump at 0 to 1 of b. */
  @Test
  void boundariesAreThoseOfUnbrokenRuns() {
    PseudoLabels own =
        Labelling.ofOwnLength(
            data,
            (features, classes) ->
                features.length == 6 ? new int[] {2, 1, 1, 1, 0, -1} : new int[] {0, 0, 2});
    // Run 1 to 4 ends late by 1; Jump 4 to 5 of a finds nothing; that of b ends late by 1.
    assertEquals(new BoundaryErrors(2, 1, 0, 0, 2, 2), Labelling.boundaries(data, own));
    PseudoLabels sampled =
        Labelling.of(
            data,
            4, // 1.5 and 0.75 seconds each
            (features, classes) ->
                classes[1] > 0 ? new int[] {-1, 1, 0, -1} : new int[] {2, 0, 2, 2});
    // Run 1.5 to 3 and Jump 3 to 4.5 of a, late by a half each but for Run's end; b finds nothing.
    assertEquals(new BoundaryErrors(2, 1, 1, 1, 0.5, 0.5), Labelling.boundaries(data, sampled));
    PseudoLabels nothing = Labelling.of(data, 4, (features, classes) -> new int[] {2, 2, -1, 2});
    assertEquals(BoundaryErrors.missed(3), Labelling.boundaries(data, nothing));
  }

  @Test
  void softLabels() {
    SoftLabels own =
        Labelling.softOfOwnLength(data, 2, (features, classes) -> new float[features.length * 2]);
    assertEquals(6, own.length(0));
    assertEquals(3, own.length(1));
    own.requireRecordings(data);
    SoftLabels sampled =
        Labelling.soft(data, 4, 2, (features, classes) -> new float[] {0, 1, 0, 1, 0, 1, 0, 1});
    assertEquals(4, sampled.length(1));
    assertArrayEquals(new int[] {1, 1, 1, 1}, sampled.hard(0.5, 2).of(0));
    SoftLabels others = SoftLabels.ofOwnLength(List.of("a", "b"), new float[][] {{0}, {0}}, 1);
    assertThrows(IllegalArgumentException.class, () -> others.requireRecordings(data));
  }
}
