// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetWriterTest {
  @TempDir Path parent;

  private void write(Path folder, FeatureSource source) throws IOException {
    DatasetWriter.write(folder, SmallDataset.DESCRIPTION, SmallDataset.RECORDINGS, source);
  }

  private void assertNothingLeft() throws IOException {
    try (Stream<Path> entries = Files.list(parent)) {
      assertEquals(List.of(), entries.toList());
    }
  }

  @Test
  void writesIntoANewOrEmptyFolderAndMakesParents() throws IOException {
    write(parent.resolve("x/y"), SmallDataset::features);
    Path empty = Files.createDirectory(parent.resolve("empty"));
    write(empty, SmallDataset::features);
    assertEquals(List.of(), DatasetCheck.problemsInValuesToo(parent.resolve("x/y")));
    assertEquals(List.of(), DatasetCheck.problemsInValuesToo(empty));
    try (Stream<Path> entries = Files.list(parent)) {
      assertEquals(2, entries.count());
    }
  }

  @Test
  void refusesAFolderInUseAndLeavesItAlone() throws IOException {
    Path used = Files.createDirectory(parent.resolve("used"));
    Files.writeString(used.resolve("mine.txt"), "mine");
    Refused.with("KDATA-141", () -> write(used, SmallDataset::features), "is not empty");
    assertEquals("mine", Files.readString(used.resolve("mine.txt")));
    Path file = used.resolve("mine.txt");
    Refused.with("KDATA-141", () -> write(file, SmallDataset::features), "is a file");
  }

  @Test
  void aPathThroughAFileIsAnIoFailure() throws IOException {
    Path file = Files.writeString(parent.resolve("file"), "x");
    assertThrows(IOException.class, () -> write(file.resolve("out"), SmallDataset::features));
    assertEquals("x", Files.readString(file));
  }

  @Test
  void aFailureOnTheWayLeavesNothing() throws IOException {
    Path out = parent.resolve("out");
    IOException full = new IOException("No space left on device");
    IOException seen =
        assertThrows(
            IOException.class,
            () ->
                write(
                    out,
                    (recording, stream) -> {
                      if (recording.id().equals("c")) {
                        throw full;
                      }
                      return SmallDataset.features(recording, stream);
                    }));
    assertEquals(full, seen);
    assertNothingLeft();
    assertThrows(
        IllegalArgumentException.class, () -> write(out, (r, s) -> SmallDataset.ramp(3, 9)));
    assertNothingLeft();
  }

  @Test
  void anInterruptLeavesNothingAndStaysVisible() throws IOException {
    Thread.currentThread().interrupt();
    try {
      assertThrows(
          InterruptedIOException.class, () -> write(parent.resolve("out"), SmallDataset::features));
    } finally {
      assertTrue(Thread.interrupted());
    }
    assertNothingLeft();
  }

  @Test
  void aFolderThatAppearsMeanwhileIsNotOverwritten() throws IOException {
    Path out = parent.resolve("out");
    FeatureSource intruder =
        (recording, stream) -> {
          Files.createDirectories(out);
          Files.writeString(out.resolve("theirs"), "x");
          return SmallDataset.features(recording, stream);
        };
    Refused.with("KDATA-141", () -> write(out, intruder), "is not empty");
    assertEquals("x", Files.readString(out.resolve("theirs")));
    assertFalse(Files.exists(out.resolve("dataset.toml")));
  }

  @Test
  void inconsistentRecordingsAreTheCallersMistake() throws IOException {
    Recording a = SmallDataset.RECORDINGS.get(0);
    Recording escaped = new Recording("../a", "train", 1, List.of(), List.of());
    Recording foreign =
        new Recording("f", "train", 1, List.of(SmallDataset.instance("Swim", 0, 1)), List.of());
    for (List<Recording> bad : List.of(List.of(a, a), List.of(escaped), List.of(foreign))) {
      assertThrows(
          IllegalArgumentException.class,
          () ->
              DatasetWriter.write(
                  parent.resolve("out"), SmallDataset.DESCRIPTION, bad, SmallDataset::features));
    }
    assertNothingLeft();
  }
}
