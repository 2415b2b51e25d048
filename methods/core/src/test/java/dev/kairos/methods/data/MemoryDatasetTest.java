// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Segment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryDatasetTest {
  private static final DatasetDescription ABOUT =
      new DatasetDescription(
          "waves",
          List.of(new FeatureStream("up", 2), new FeatureStream("down", 1)),
          2,
          1,
          List.of("rise", "fall"),
          "",
          "");
  private static final float[][] UP = {{1, 2}, {3, 4}, {5, 6}};
  private static final float[][] DOWN = {{7}, {8}, {9}};

  @TempDir private Path folder;

  private static Recording recording(String id, String label) {
    ActionInstance action = new ActionInstance(label, new Segment(0, 1));
    return new Recording(id, "train", 1.5, List.of(action), List.of());
  }

  private static Dataset one(FeatureSequence features) {
    return Dataset.of(ABOUT, Map.of(recording("a", "fall"), features));
  }

  @Test
  void givesBackWhatWasPutIn() throws IOException {
    Dataset data = one(FeatureSequence.of(UP, DOWN));
    Recording a = data.recording("a");
    assertEquals(3, data.featureLength(a));
    assertArrayEquals(new float[] {1, 2, 7, 3, 4, 8, 5, 6, 9}, data.features(a).values());
    assertArrayEquals(new float[] {7, 8, 9}, data.features(a, "down").values());
    float[] rows = new float[7];
    data.copyRows(a, new int[] {2, 0}, rows, 1);
    assertArrayEquals(new float[] {0, 5, 6, 9, 1, 2, 7}, rows);
    assertArrayEquals(new float[] {0, 1}, data.labels(a));
    assertTrue(data.place().contains("waves"), data.place());
  }

  @Test
  void holdsTheSameAsTheFolderWrittenOfIt() throws IOException {
    Map<Recording, FeatureSequence> features = new LinkedHashMap<>();
    features.put(recording("a", "fall"), FeatureSequence.of(UP, DOWN));
    features.put(recording("b", "rise"), FeatureSequence.of(DOWN, UP));
    Dataset memory = Dataset.of(ABOUT, features);
    DatasetWriter.write(
        folder.resolve("data"), ABOUT, memory.recordings(), (r, s) -> memory.features(r, s.name()));
    Dataset read = Dataset.open(folder.resolve("data"));
    assertEquals(memory.recordings(), read.recordings());
    for (Recording recording : memory.recordings()) {
      assertArrayEquals(memory.features(recording).values(), read.features(recording).values());
    }
  }

  @Test
  void fingerprintsTellDataApart() throws IOException {
    Map<String, String> prints = one(FeatureSequence.of(UP, DOWN)).fingerprints();
    assertEquals(prints, one(FeatureSequence.of(UP, DOWN)).fingerprints());
    assertNotEquals(
        prints, one(FeatureSequence.of(UP, new float[][] {{7}, {8}, {0}})).fingerprints());
    Dataset other = Dataset.of(ABOUT, Map.of(recording("a", "rise"), FeatureSequence.of(UP, DOWN)));
    assertNotEquals(prints, other.fingerprints());
  }

  @Test
  void whatDoesNotFitIsRefusedByName() {
    refused(() -> one(FeatureSequence.of(UP)), "recording 'a'", "needs 3 values", "[3, 2]");
    refused(() -> FeatureSequence.of(UP, new float[][] {{1}}), "equal length");
    refused(() -> FeatureSequence.of(new float[][] {{1, 2}, {3}}), "row 1 has 1");
    refused(() -> FeatureSequence.of(new float[][] {{1, Float.NaN}}), "row 0, column 1");
    refused(() -> FeatureSequence.of(new float[0][]), "T 0");
    refused(() -> FeatureSequence.of(), "at least one stream");
    refused(() -> Dataset.of(ABOUT, Map.of()), "waves", "no recording");
    FeatureSequence fits = FeatureSequence.of(UP, DOWN);
    refused(() -> Dataset.of(ABOUT, Map.of(recording("a", "jump"), fits)), "no class 'jump'");
    refused(() -> Dataset.of(ABOUT, Map.of(recording("../a", "fall"), fits)), "holds '/'");
    Map<Recording, FeatureSequence> twice =
        Map.of(recording("a", "fall"), fits, recording("a", "rise"), fits);
    refused(() -> Dataset.of(ABOUT, twice), "'a' is given twice");
  }

  private static void refused(org.junit.jupiter.api.function.Executable call, String... words) {
    String message =
        String.valueOf(assertThrows(IllegalArgumentException.class, call).getMessage());
    for (String word : words) {
      assertTrue(message.contains(word), message);
    }
  }
}
