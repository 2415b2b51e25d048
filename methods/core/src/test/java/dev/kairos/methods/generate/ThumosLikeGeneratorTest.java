// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.generate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetCheck;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.FeatureStream;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.data.Refused;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.SnippetGrid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThumosLikeGeneratorTest {
  private static final ThumosLikeOptions QUICK = ThumosLikeOptions.quick();

  @TempDir Path parent;

  private static float[] values(ThumosLikeGenerator generator, Recording recording) {
    FeatureStream flow = generator.description().stream("flow");
    return generator.features(recording, flow).values();
  }

  @Test
  void theSeedDecidesEverything() {
    ThumosLikeGenerator one = new ThumosLikeGenerator(QUICK);
    ThumosLikeGenerator same = new ThumosLikeGenerator(QUICK);
    ThumosLikeGenerator other = new ThumosLikeGenerator(QUICK.withSeed(2));
    assertEquals(one.recordings(), same.recordings());
    assertNotEquals(one.recordings(), other.recordings());
    // The last recording first: nothing depends on the order of asking.
    Recording last = one.recordings().get(44);
    assertArrayEquals(values(one, last), values(same, last));
    assertArrayEquals(values(one, one.recordings().get(0)), values(same, one.recordings().get(0)));
    assertFalse(Arrays.equals(values(one, last), values(other, last)));
  }

  @Test
  void aRecordingDoesNotDependOnHowManyThereAre() {
    ThumosLikeOptions fewer = new ThumosLikeOptions(1, 5, 3, 2, 40, 100, 32, 32, 0.7, 0.4);
    List<Recording> few = new ThumosLikeGenerator(fewer).recordings();
    List<Recording> all = new ThumosLikeGenerator(QUICK).recordings();
    assertEquals(all.subList(0, 3), few.subList(0, 3));
    assertEquals(all.get(30), few.get(3));
  }

  @Test
  void theFolderIsWholeAndSound() throws IOException {
    Path folder = parent.resolve("quick");
    ThumosLikeGenerator.write(folder, QUICK);
    assertEquals(List.of(), DatasetCheck.problemsInValuesToo(folder));
    Dataset data = Dataset.open(folder);
    assertEquals(new ThumosLikeGenerator(QUICK).recordings(), data.recordings());
    assertEquals(30, data.subset("train").size());
    assertEquals(15, data.subset("test").size());
    Refused.with("KDATA-141", () -> ThumosLikeGenerator.write(folder, QUICK));
  }

  @Test
  void actionsAreShortApartAndOfOneOrTwoClasses() {
    for (ThumosLikeOptions options : List.of(QUICK, ThumosLikeOptions.demo())) {
      Set<String> trained = new HashSet<>();
      for (Recording recording : new ThumosLikeGenerator(options).recordings()) {
        double action = 0;
        double end = 0;
        assertTrue(recording.labels().size() <= 2 && !recording.labels().isEmpty());
        for (ActionInstance instance : recording.instances()) {
          assertTrue(instance.segment().start() >= end, recording::toString);
          end = instance.segment().end();
          action += instance.segment().length();
        }
        assertTrue(end <= recording.duration(), recording::toString);
        assertTrue(action <= 0.45 * recording.duration(), recording::toString);
        assertEquals(recording.instances().size(), recording.points().size());
        for (int i = 0; i < recording.points().size(); i++) {
          double at = recording.points().get(i).seconds();
          ActionInstance instance = recording.instances().get(i);
          assertEquals(instance.label(), recording.points().get(i).label());
          assertTrue(instance.segment().start() < at && at < instance.segment().end());
        }
        if (recording.subset().equals("train")) {
          trained.addAll(recording.labels());
        }
      }
      assertEquals(options.classes(), trained.size());
    }
  }

  /** The nearest of the classes' and background's mean features names most snippets rightly. */
  @Test
  void classesShowInTheFeatures() {
    ThumosLikeGenerator generator = new ThumosLikeGenerator(QUICK);
    int classes = QUICK.classes();
    double[][] means = new double[classes + 1][QUICK.rgbWidth() + QUICK.flowWidth()];
    int[] counts = new int[classes + 1];
    int right = 0;
    int total = 0;
    for (Recording recording : generator.recordings()) {
      FeatureSequence features =
          FeatureSequence.concat(
              generator.description().streams().stream()
                  .map(stream -> generator.features(recording, stream))
                  .toList());
      SnippetGrid grid = new SnippetGrid(25, 16, features.length());
      for (int t = 0; t < features.length(); t++) {
        int label = labelAt(generator, recording, grid.centre(t));
        if (recording.subset().equals("train")) {
          counts[label]++;
          for (int d = 0; d < features.width(); d++) {
            means[label][d] += (features.get(t, d) - means[label][d]) / counts[label];
          }
        } else {
          total++;
          right += nearest(means, features, t) == label ? 1 : 0;
        }
      }
    }
    double share = (double) right / total;
    assertTrue(share > 0.85, "share of test snippets named rightly: " + share);
  }

  private static int labelAt(ThumosLikeGenerator generator, Recording recording, double seconds) {
    return recording.instances().stream()
        .filter(i -> i.segment().start() <= seconds && seconds < i.segment().end())
        .mapToInt(i -> generator.description().classes().indexOf(i.label()))
        .findFirst()
        .orElse(generator.description().classes().size());
  }

  private static int nearest(double[][] means, FeatureSequence features, int t) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < means.length; c++) {
      double distance = 0;
      for (int d = 0; d < features.width(); d++) {
        double difference = features.get(t, d) - means[c][d];
        distance += difference * difference;
      }
      if (distance < least) {
        least = distance;
        best = c;
      }
    }
    return best;
  }

  @Test
  void theShortestRecordingsStillHoldTwoActions() {
    ThumosLikeOptions tiny = new ThumosLikeOptions(5, 2, 200, 1, 20, 20, 8, 8, 0, 1);
    for (Recording recording : new ThumosLikeGenerator(tiny).recordings()) {
      assertFalse(recording.instances().isEmpty());
      assertEquals(12.8, recording.duration());
    }
  }

  @Test
  void optionsOutOfRangeAreNamed() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new ThumosLikeOptions(1, 1, 1, 1, 20, 30, 8, 8, 0, 0));
    assertEquals("classes must be between 2 and 100: 1", e.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> new ThumosLikeOptions(1, 2, 1, 1, 30, 20, 8, 8, 0, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new ThumosLikeOptions(1, 2, 1, 1, 20, 30, 8, 8, Double.NaN, 0));
  }
}
