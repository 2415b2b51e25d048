// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.generate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.PointLabel;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.points.DrawnPoints;
import dev.kairos.methods.points.PointRule;
import dev.kairos.methods.tal.Segment;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.Npy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnotatedGeneratorTest {
  private static final DrawnPoints CENTRES =
      new DrawnPoints(PointRule.named("centre").orElseThrow(), 3);

  @TempDir Path folder;

  private Path annotations(String database) throws IOException {
    return Files.writeString(
        folder.resolve("annotations.json"), "{\"database\": {" + database + "}}");
  }

  private static String recording(String id, String subset, String duration, String segments) {
    return "\"%s\": {\"subset\": \"%s\"%s, \"annotations\": [%s]}"
        .formatted(id, subset, duration, segments);
  }

  private static String segment(String label, double start, double end) {
    return "{\"label\": \"" + label + "\", \"segment\": [" + start + ", " + end + "]}";
  }

  @Test
  void recordingsKeepTheirLengthsAndSegments() throws IOException {
    Path file =
        annotations(
            recording("b", "test", ", \"duration\": 64.1", segment("Jump", 10, 20))
                + ", "
                // reaches beyond the end, as some of THUMOS14 do
                + recording("a", "train", ", \"duration\": 32", segment("Dive", 30, 40)));
    Path data = folder.resolve("data");
    AnnotatedGenerator.write(file, data, 16, 3, CENTRES);
    Dataset made = Dataset.open(data);
    assertEquals("thumos14", made.description().name());
    assertEquals(List.of("Dive", "Jump"), made.description().classes());
    Recording test = made.subset("test").get(0);
    assertEquals(new Segment(10, 20), test.instances().get(0).segment());
    assertEquals(64.1, test.duration());
    assertEquals(List.of(new PointLabel("Dive", 32)), made.subset("train").get(0).points());
    for (Map.Entry<String, Integer> expected : Map.of("a", 50, "b", 100).entrySet()) {
      for (String stream : List.of("rgb", "flow")) {
        Path features = data.resolve("features/" + stream + "/" + expected.getKey() + ".npy");
        assertArrayEquals(
            new int[] {expected.getValue(), 16}, Npy.read(features).shape(), features.toString());
      }
    }
  }

  /** Snippets inside the action are nearer to each other than to those outside. */
  @Test
  void theActionShows() throws IOException {
    Path file = annotations(recording("a", "train", ", \"duration\": 64", segment("Jump", 16, 48)));
    Path data = folder.resolve("data");
    AnnotatedGenerator.write(file, data, 64, 3, CENTRES);
    float[] values = Npy.read(data.resolve("features/flow/a.npy")).toFloats();
    double[] inside = mean(values, 30, 70);
    double[] early = mean(values, 0, 20);
    double[] late = mean(values, 80, 100);
    double[] middle = mean(values, 40, 60);
    assertTrue(distance(inside, middle) * 3 < distance(middle, early), "early");
    assertTrue(distance(inside, middle) * 3 < distance(middle, late), "late");
  }

  private static double[] mean(float[] values, int from, int to) {
    double[] mean = new double[64];
    for (int t = from; t < to; t++) {
      for (int d = 0; d < 64; d++) {
        mean[d] += values[64 * t + d] / (double) (to - from);
      }
    }
    return mean;
  }

  private static double distance(double[] one, double[] other) {
    double sum = 0;
    for (int d = 0; d < one.length; d++) {
      sum += (one[d] - other[d]) * (one[d] - other[d]);
    }
    return Math.sqrt(sum);
  }

  @Test
  void whatHasNoLengthIsNamed() throws IOException {
    for (String duration : List.of("", ", \"duration\": 0.2")) {
      Path file = annotations(recording("odd", "train", duration, ""));
      DataFormatException e =
          assertThrows(
              DataFormatException.class,
              () -> AnnotatedGenerator.write(file, folder.resolve("data"), 16, 3, CENTRES));
      assertTrue(e.getMessage().contains(file + ": recording 'odd': "), e.getMessage());
      assertFalse(Files.exists(folder.resolve("data")));
    }
  }

  @Test
  void annotationsWithoutSegmentsAreRefused() throws IOException {
    Path file = annotations(recording("a", "train", ", \"duration\": 64", ""));
    DataFormatException e =
        assertThrows(
            DataFormatException.class,
            () -> AnnotatedGenerator.write(file, folder.resolve("data"), 16, 3, CENTRES));
    assertTrue(e.getMessage().contains("no recording has an annotated segment"), e.getMessage());
  }
}
