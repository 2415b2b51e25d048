// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  /** More than any system counts to. */
  private static final long NOBODY = 999_999_999_999L;

  @TempDir Path folder;

  @Test
  void writesAndReplaces() throws IOException {
    Path file = folder.resolve("report.txt");
    AtomicFiles.writeString(file, "first");
    AtomicFiles.writeString(file, "zweite Fassung: größer");
    assertEquals("zweite Fassung: größer", Files.readString(file));
    assertEquals(List.of("report.txt"), names());
  }

  @Test
  void failingBodyLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = folder.resolve("report.txt");
    AtomicFiles.writeString(file, "old");
    IOException full = new IOException("disk full");
    IOException e =
        assertThrows(
            IOException.class,
            () ->
                AtomicFiles.write(
                    file,
                    out -> {
                      out.write(new byte[1 << 20]);
                      throw full;
                    }));
    assertEquals(file + ": cannot be written: disk full", e.getMessage());
    assertSame(full, e.getCause());
    assertThrows(
        ArithmeticException.class,
        () ->
            AtomicFiles.write(
                file,
                out -> {
                  throw new ArithmeticException();
                }));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("report.txt"), names());
  }

  @Test
  void closingTheStreamDoesNoHarm() throws IOException {
    Path file = folder.resolve("x");
    AtomicFiles.write(
        file,
        out -> {
          try (OutputStream mine = out) {
            mine.write(7);
          }
        });
    assertEquals(7, Files.readAllBytes(file)[0]);
  }

  @Test
  void refusesWhatIsNoFile() throws IOException {
    assertEquals(folder + ": cannot be written: is a folder", problem(folder));
    Path orphan = folder.resolve("missing/x");
    assertTrue(problem(orphan).startsWith(orphan + ": cannot be written: "));
    assertTrue(problem(orphan).endsWith(folder.resolve("missing") + " does not exist"));
    Path file = folder.resolve("x");
    AtomicFiles.writeString(file, "");
    assertTrue(problem(file.resolve("y")).endsWith(file + " is not a folder"));
    assertTrue(problem(Path.of("/")).startsWith("/: cannot be written: "));
  }

  @Test
  void refusesDevicesAndDanglingLinks() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("gone"));
    assertTrue(problem(link).contains("is a link to a file that is not there"));
    Path device = Path.of("/dev/null");
    if (Files.exists(device)) {
      assertTrue(problem(device).contains("is not a regular file"));
    }
  }

  @Test
  void followsLinks() throws IOException {
    Path file = folder.resolve("real");
    AtomicFiles.writeString(file, "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    AtomicFiles.writeString(link, "new");
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(file));
  }

  @Test
  void namesTheTargetInAReadOnlyFolder() throws IOException {
    Path locked = Files.createDirectory(folder.resolve("locked"));
    assertTrue(locked.toFile().setWritable(false));
    boolean enforced = !Files.isWritable(locked); // not for root
    Path file = locked.resolve("x");
    if (enforced) {
      assertEquals(file + ": cannot be written: permission denied", problem(file));
    } else {
      AtomicFiles.writeString(file, "");
    }
    assertEquals(!enforced, Files.exists(file));
    assertTrue(locked.toFile().setWritable(true));
  }

  @Test
  void removesLeftOversOnly() throws IOException {
    Files.createFile(folder.resolve(".kairos-" + NOBODY + "-abc.tmp"));
    Files.createFile(folder.resolve("mine.tmp"));
    assertEquals(1, AtomicFiles.removeLeftOvers(folder));
    assertEquals(List.of("mine.tmp"), names());
  }

  @Test
  void leavesWhatALivingProcessWrites() throws IOException {
    Path file = folder.resolve("x");
    AtomicFiles.write(
        file,
        out -> {
          out.write(1);
          assertEquals(0, AtomicFiles.removeLeftOvers(folder));
        });
    assertEquals(List.of("x"), names());
  }

  @Test
  void removesWhatAnEarlierProcessOfTheSameNumberLeft() throws IOException {
    Path old = Files.createFile(folder.resolve(TemporaryFile.name(1)));
    Instant start = ProcessHandle.current().info().startInstant().orElseThrow();
    Files.setLastModifiedTime(old, FileTime.from(start.minusSeconds(60)));
    assertEquals(1, AtomicFiles.removeLeftOvers(folder));
    assertEquals(List.of(), names());
  }

  @Test
  void removesWhatBearsTheNumberOfAnotherProgram() throws Exception {
    Process other = new ProcessBuilder("sleep", "60").start();
    try {
      Files.createFile(folder.resolve(".kairos-" + other.pid() + "-abc.tmp"));
      assertEquals(1, AtomicFiles.removeLeftOvers(folder));
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void knowsItsOwnNames() {
    assertTrue(AtomicFiles.isTemporary(folder.resolve(TemporaryFile.name(-1))));
    for (String name : List.of("mine.tmp", ".kairos-demo", ".kairos-x-1.tmp", ".kairos-1.tmp")) {
      assertFalse(AtomicFiles.isTemporary(folder.resolve(name)), name);
    }
  }

  @Test
  void theLongestNameWorks() throws IOException {
    Path file = folder.resolve("x".repeat(255));
    AtomicFiles.writeString(file, "a");
    assertEquals("a", Files.readString(file));
  }

  private static String problem(Path target) {
    return String.valueOf(
        assertThrows(IOException.class, () -> AtomicFiles.writeString(target, "x")).getMessage());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
