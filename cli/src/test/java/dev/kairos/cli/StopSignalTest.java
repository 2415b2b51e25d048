// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopSignalTest {
  @TempDir Path folder;

  private List<Path> inside() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.endsWith("err")).toList();
    }
  }

  @Test
  void aDataSetThatIsStoppedLeavesNothing() throws Exception {
    Path err = folder.resolve("err");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java,
                "-cp",
                System.getProperty("java.class.path")
                    + System.getProperty("path.separator")
                    + System.getProperty("jdk.module.path", ""),
                "dev.kairos.cli.Main",
                "make-dataset",
                "thumos-like",
                "--out",
                folder.resolve("data").toString())
            .redirectError(err.toFile())
            .start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (inside().isEmpty()) { // the hidden folder appears when writing begins
      assertTrue(process.isAlive() && System.nanoTime() < deadline, Files.readString(err));
      Thread.onSpinWait();
    }
    process.destroy(); // SIGTERM
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "hangs");
    String said = Files.readString(err, StandardCharsets.UTF_8);
    if (process.exitValue() == 0) { // it was faster than the signal
      assertEquals(List.of(folder.resolve("data")), inside(), said);
      return;
    }
    assertEquals(4, process.exitValue(), said);
    assertTrue(said.contains("KINT-001: stopped; nothing was written"), said);
    assertEquals(1, said.split("kairos: ", -1).length - 1, said);
    assertEquals(List.of(), inside(), said);
  }
}
