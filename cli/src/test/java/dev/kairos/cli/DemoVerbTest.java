// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoVerbTest {
  @TempDir Path folder;

  @Test
  void learnsFarMoreThanNothingAndItsFolderCanBeEmptied() throws IOException {
    Path out = folder.resolve("demo");
    Run run = Run.of("demo", "--quick", "--method", "basnet", "--out", out);
    assertEquals(0, run.code(), run.err());
    double random = average(run, "random scorer");
    double untrained = average(run, "basnet, untrained");
    double trained = average(run, "basnet ");
    assertTrue(trained > 50 && random < 10 && untrained < 15, run.out());
    String report = Files.readString(out.resolve("report.html"));
    assertTrue(report.contains("random scorer"), "the report compares");
    assertTrue(Files.exists(out.resolve("basnet/detections.json")));

    Path mine = Files.writeString(out.resolve("mine.txt"), "mine");
    Files.writeString(out.resolve("basnet/left.txt"), "left");
    DemoFolder.prepare(out);
    assertEquals("mine", Files.readString(mine));
    assertFalse(Files.exists(out.resolve("basnet")) || Files.exists(out.resolve("data")));
  }

  private static double average(Run run, String row) {
    String line =
        run.out().lines().filter(text -> text.startsWith(row)).reduce((a, b) -> b).orElseThrow();
    return Double.parseDouble(line.substring(line.lastIndexOf(' ')));
  }

  @Test
  void refusesAFolderThatIsNotItsOwn() throws IOException {
    Files.writeString(folder.resolve("mine.txt"), "mine");
    Run run = Run.of("demo", "--quick", "--out", folder);
    assertEquals(3, run.code(), run.err());
    assertTrue(run.err().contains("no demo made"), run.err());
    assertEquals("mine", Files.readString(folder.resolve("mine.txt")));
  }
}
