// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.Npy;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetTest {
  @TempDir Path parent;
  private Path folder = Path.of("");

  @BeforeEach
  void writeFolder() throws IOException {
    folder = SmallDataset.write(parent);
  }

  private Path features(String stream, String id) {
    return folder.resolve("features").resolve(stream).resolve(id + ".npy");
  }

  private void replace(String file, String what, String with) throws IOException {
    Path path = folder.resolve(file);
    Files.writeString(path, Files.readString(path).replace(what, with));
  }

  private FeatureSequence read(String id, String stream) throws IOException {
    Dataset data = Dataset.open(folder);
    return data.features(data.recording(id), stream);
  }

  @Test
  void opensWhatWasWritten() throws IOException {
    Dataset data = Dataset.open(folder);
    assertEquals(SmallDataset.DESCRIPTION, data.description());
    assertEquals(SmallDataset.RECORDINGS, data.recordings());
    assertEquals(List.of("a", "b"), data.subset("train").stream().map(Recording::id).toList());
    assertEquals(new TreeSet<>(List.of("train", "test")), data.subsets());
    assertEquals(2, data.classIndex("Throw"));
    assertArrayEquals(new float[] {1, 1, 0}, data.labels(data.recording("a")));
  }

  @Test
  void readsFeaturesByStreamAndJoined() throws IOException {
    Dataset data = Dataset.open(folder);
    Recording b = data.recording("b");
    assertEquals(4, data.featureLength(b));
    assertArrayEquals(SmallDataset.ramp(4, 2).values(), data.features(b, "flow").values());
    FeatureSequence joined = data.features(b);
    assertEquals("[4, 5]", joined.toString());
    assertEquals(2.0f, joined.get(1, 3));
    assertEquals(0.64, data.grid(b, 4).secondsPerSnippet());
    assertEquals(2.56, data.grid(b, 4).duration(), 1e-12);
  }

  @Test
  void labelsDoNotDependOnSegments() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    Dataset data = Dataset.open(folder);
    List<Recording> scrambled = new ArrayList<>();
    for (Recording recording : data.recordings()) {
      var instances =
          recording.labels().stream()
              .map(label -> SmallDataset.instance(label, 0, random.nextDouble()))
              .toList();
      scrambled.add(
          new Recording(
              recording.id(), recording.subset(), recording.duration(), instances, List.of()));
    }
    AnnotationFile.write(folder.resolve("annotations.json"), scrambled);
    Dataset again = Dataset.open(folder);
    for (Recording recording : data.recordings()) {
      assertArrayEquals(data.labels(recording), again.labels(again.recording(recording.id())));
    }
  }

  @Test
  void readsHalfAndDoubleFeatures() throws IOException {
    double[] values = {0.5, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    Npy.write(features("flow", "a"), NpyArray.ofDoubles(values, 5, 2));
    assertEquals(0.5f, read("a", "flow").get(0, 0));
  }

  @Test
  void streamsAreCutToTheShorterUpToTwoSnippets() throws IOException {
    FeatureFile.write(features("flow", "a"), SmallDataset.ramp(7, 2));
    assertEquals(5, read("a", "flow").length());
    FeatureFile.write(features("flow", "a"), SmallDataset.ramp(3, 2));
    assertEquals(3, read("a", "rgb").length());
    assertEquals(3, read("a", "flow").length());
    FeatureFile.write(features("flow", "a"), SmallDataset.ramp(8, 2));
    Refused.with(
        "KDATA-134",
        () -> read("a", "rgb"),
        "flow" + folder.getFileSystem().getSeparator() + "a.npy: has 8 snippets",
        "rgb" + folder.getFileSystem().getSeparator() + "a.npy has 5");
  }

  @Test
  void featureFilesAreHeldToTheDescription() throws IOException {
    FeatureFile.write(features("rgb", "a"), SmallDataset.ramp(5, 4));
    Refused.with("KDATA-132", () -> read("a", "rgb"), "expected 3 columns, found 4", "width");
    FeatureFile.write(features("rgb", "a"), SmallDataset.ramp(3, 5));
    Refused.with("KDATA-132", () -> read("a", "rgb"), "looks transposed");
    Npy.write(features("rgb", "a"), NpyArray.ofFloats(new float[6], 6));
    Refused.with("KDATA-132", () -> read("a", "rgb"), "expected [T, 3], found shape [6]");
    Npy.write(features("rgb", "a"), NpyArray.ofFloats(new float[0], 0, 3));
    Refused.with("KDATA-132", () -> read("a", "rgb"), "has no rows");
    Npy.write(features("rgb", "a"), NpyArray.ofBooleans(new boolean[15], 5, 3));
    Refused.with("KDATA-132", () -> read("a", "rgb"), "BOOL", "astype");
    float[] values = new float[15];
    values[7] = Float.NEGATIVE_INFINITY;
    Npy.write(features("rgb", "a"), NpyArray.ofFloats(values, 5, 3));
    Refused.with("KDATA-133", () -> read("a", "rgb"), "a.npy", "row 2, column 1 is -Infinity");
    Npy.write(features("rgb", "a"), NpyArray.ofDoubles(new double[] {1e300, 0, 0}, 1, 3));
    Refused.with("KDATA-134", () -> read("a", "rgb"));
    Files.delete(features("rgb", "a"));
    Refused.with("KDATA-131", () -> read("a", "flow"), "a.npy: no such file");
    Files.createDirectory(features("rgb", "a"));
    Refused.with("KDATA-131", () -> read("a", "flow"), "is a folder");
  }

  @Test
  void aCutOrForeignFeatureFileIsABadFile() throws IOException {
    byte[] whole = Files.readAllBytes(features("rgb", "a"));
    Files.write(features("rgb", "a"), java.util.Arrays.copyOf(whole, whole.length - 1));
    assertThrows(DataFormatException.class, () -> read("a", "rgb"));
    Files.write(features("rgb", "a"), new byte[0]);
    assertThrows(DataFormatException.class, () -> read("a", "rgb"));
    Files.writeString(features("rgb", "a"), "not an array");
    assertThrows(DataFormatException.class, () -> read("a", "rgb"));
  }

  @Test
  void anUnknownLabelNamesFileRecordingAndNearestClass() throws IOException {
    replace("annotations.json", "\"Throw\"", "\"Thrown\"");
    Refused.with(
        "KDATA-114",
        () -> Dataset.open(folder),
        "annotations.json",
        "recording 'b'",
        "'Thrown' is not a class",
        "did you mean 'Throw'?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"..", "", "x/y", "../a", "C:x", "a\\\\b", "nul\\u0000", " a", "new\\nline"})
  void anIdThatIsNoFileNameIsRefused(String id) throws IOException {
    replace("annotations.json", "\"b\"", "\"" + id + "\"");
    Refused.with("KDATA-115", () -> Dataset.open(folder), "annotations.json", "the id ");
  }

  @Test
  void anUnknownSubsetListsTheKnown() throws IOException {
    Dataset data = Dataset.open(folder);
    Refused.with("KDATA-116", () -> data.subset("val"), "'val'", "subsets here: test, train");
  }

  @Test
  void unknownNamesAreTheCallersMistake() throws IOException {
    Dataset data = Dataset.open(folder);
    Recording a = data.recording("a");
    Recording escaped = new Recording("../a", "train", 1, List.of(), List.of());
    assertThrows(IllegalArgumentException.class, () -> data.classIndex("Swim"));
    assertThrows(IllegalArgumentException.class, () -> data.recording("z"));
    assertThrows(IllegalArgumentException.class, () -> data.features(a, "depth"));
    Refused.with("KDATA-115", () -> data.features(escaped, "rgb"), "'../a'", "holds '/'");
    assertThrows(IllegalArgumentException.class, () -> data.grid(a, 0));
  }

  @Test
  void whatIsNoDataFolderIsRefused() throws IOException {
    Refused.with("KDATA-101", () -> Dataset.open(parent.resolve("none")), "no such folder");
    Path file = folder.resolve("annotations.json");
    Refused.with("KDATA-101", () -> Dataset.open(file), "is a file, expected a data folder");
    Files.delete(file);
    Refused.with("KDATA-101", () -> Dataset.open(folder), "annotations.json: no such file");
    Files.delete(folder.resolve("dataset.toml"));
    Refused.with("KDATA-101", () -> Dataset.open(folder), "dataset.toml: no such file");
  }

  @Test
  void pointsAreOptionalButNotWrong() throws IOException {
    replace("points.csv", "a,Jump", "z,Jump");
    Refused.with("KDATA-122", () -> Dataset.open(folder), "points.csv: line 3");
    Files.delete(folder.resolve("points.csv"));
    assertEquals(List.of(), Dataset.open(folder).recording("a").points());
  }
}
