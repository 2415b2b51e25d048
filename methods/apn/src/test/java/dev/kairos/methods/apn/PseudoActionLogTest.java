// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.report.PseudoActionHistory;
import dev.kairos.methods.report.PseudoActionHistory.Found;
import dev.kairos.methods.report.PseudoActionHistory.Look;
import dev.kairos.methods.report.PseudoActionHistory.MarkedRecording;
import dev.kairos.methods.report.PseudoActionHistory.Quality;
import dev.kairos.methods.report.PseudoActionHistoryFile;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.tal.Segment;
import dev.kairos.methods.training.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a training sees of its pseudo actions, and that looking changes nothing. */
class PseudoActionLogTest {
  @TempDir Path folder;
  private Dataset data;

  @BeforeEach
  void writeData() throws IOException {
    data = PointData.tiny(folder.resolve("data"), Stream::of);
  }

  private RunFolder run(String name, int threads, String... settings) throws IOException {
    return PointData.trained(data, folder.resolve(name), threads, Progress.NONE, settings);
  }

  private static byte[] log(RunFolder run) throws IOException {
    return Files.readAllBytes(run.file("stages/apn/" + PseudoActionHistoryFile.NAME));
  }

  @Test
  void looksBeforeSomeEpochsAndAfterTheLast() throws IOException {
    List<Look> looks = PseudoActionHistoryFile.of(run("run", 1, "pseudo.logEvery=3")).looks();
    assertEquals(List.of(0L, 3L, 4L), looks.stream().map(Look::epoch).toList());
    assertEquals(List.of(0L, 9L, 12L), looks.stream().map(Look::step).toList());
  }

  /** Actions hold their points, and share all of the time with background. */
  @Test
  void whatIsSeenCoversTheRecordings() throws IOException {
    PseudoActionHistory history =
        PseudoActionHistoryFile.of(run("run", 1, "pseudo.logEvery=1", "learningRate=0.05"));
    assertEquals(5, history.looks().size());
    assertEquals(4, history.recordings().size());
    for (Look look : history.looks()) {
      for (int v = 0; v < 4; v++) {
        MarkedRecording recording = history.recordings().get(v);
        assertTrue(recording.truth().isEmpty(), "segments that nobody allowed to be read");
        Found found = look.found().get(v);
        for (int k = 0; k < found.actions().size(); k++) {
          double point = recording.points().get(k).seconds();
          assertTrue(found.actions().get(k).contains(point), found + " of " + recording.points());
        }
        List<Segment> all = new ArrayList<>(found.actions());
        all.addAll(found.background());
        all.sort(Comparator.comparingDouble(Segment::start));
        assertEquals(0, all.get(0).start());
        assertEquals(recording.duration(), all.get(all.size() - 1).end(), 0.5);
        for (int i = 1; i < all.size(); i++) {
          assertEquals(all.get(i - 1).end(), all.get(i).start(), 1e-9);
        }
        for (int k = 0; k < found.divisions().size(); k++) {
          double division = found.divisions().get(k);
          assertTrue(recording.points().get(k).seconds() < division, found.toString());
          assertTrue(division < recording.points().get(k + 1).seconds(), found.toString());
        }
      }
    }
    assertNotEquals(history.looks().get(0).found(), history.looks().get(4).found());
  }

  @Test
  void lookingChangesNoBit() throws IOException {
    RunFolder blind = run("blind", 1, "pseudo.logEvery=0");
    assertFalse(Files.exists(blind.file("stages/apn/" + PseudoActionHistoryFile.NAME)));
    byte[] metrics = Files.readAllBytes(blind.file(RunFolder.METRICS));
    for (String quality : List.of("false", "true")) {
      RunFolder seeing =
          run("seeing-" + quality, 1, "pseudo.logEvery=1", "pseudo.quality=" + quality);
      assertEquals(ApnTest.weights(blind), ApnTest.weights(seeing));
      assertArrayEquals(metrics, Files.readAllBytes(seeing.file(RunFolder.METRICS)));
    }
  }

  @Test
  void threadsChangeNoBit() throws IOException {
    byte[] one = log(run("one", 1, "pseudo.logEvery=1", "pseudo.quality=true"));
    byte[] three = log(run("three", 3, "pseudo.logEvery=1", "pseudo.quality=true"));
    assertArrayEquals(one, three);
  }

  @Test
  void qualityIsOfAllRecordings() throws IOException {
    PseudoActionHistory history =
        PseudoActionHistoryFile.of(run("run", 2, "pseudo.logEvery=2", "pseudo.quality=true"));
    long points = data.subset(Dataset.TRAIN).stream().mapToLong(r -> r.points().size()).sum();
    for (Look look : history.looks()) {
      Quality quality = look.quality();
      assertNotNull(quality);
      assertEquals(points, quality.compared() + quality.missed());
      assertEquals(7, quality.low().map().size());
      assertEquals(10, quality.high().map().size());
      assertTrue(quality.low().average() > 0.2, quality.toString());
      assertTrue(quality.starts().meanAbsolute() > 0, quality.toString());
    }
    for (MarkedRecording recording : history.recordings()) {
      assertEquals(data.recording(recording.id()).instances(), recording.truth());
    }
  }

  /** The first labels stay: what is seen after the first epoch is seen ever after. */
  @Test
  void labelsThatAreNotRenewedAreSeenAsTheyAreKept() throws IOException {
    List<Look> looks =
        PseudoActionHistoryFile.of(
                run("run", 1, "pseudo.logEvery=1", "pseudo.refresh=never", "learningRate=0.05"))
            .looks();
    assertEquals(looks.get(1).found(), looks.get(4).found());
  }

  @Test
  void qualityNeedsSegments() throws IOException {
    Dataset bare =
        PointData.tiny(
            folder.resolve("bare"),
            r -> Stream.of(new Recording(r.id(), r.subset(), r.duration(), List.of(), r.points())));
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () ->
                PointData.trained(
                    bare, folder.resolve("run"), 1, Progress.NONE, "pseudo.quality=true"));
    assertTrue(e.getMessage().contains("pseudo.quality"), e.getMessage());
  }
}
