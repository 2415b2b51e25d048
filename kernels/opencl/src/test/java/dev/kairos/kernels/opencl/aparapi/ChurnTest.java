// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl.aparapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.opencl.OpenClHere;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The collector goes on while arrays are pinned for the device. */
@ExtendWith(OpenClHere.class)
class ChurnTest {
  private static final int CALLS = 2000;

  /** Some 10 s; a JVM whose collector is locked out never ends, and hears no polite request. */
  private static final int SECONDS = 180;

  @Test
  void freshArraysAndCollectionsGiveRightProducts(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ChurnedCalls.class.getName(),
                String.valueOf(CALLS))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    String said = Files.readString(output);
    assertTrue(ended, "it hangs: " + said);
    assertEquals(0, process.exitValue(), said);
    assertTrue(said.contains("done " + CALLS), said);
  }
}
