// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The same bits cold and hot, and with every vector width. */
class RepeatableBitsTest {
  @Test
  void coldAndHotAndAllWidthsAgree() throws IOException, InterruptedException {
    Map<String, String> narrow = prints(128);
    assertEquals("4", narrow.remove("lanes"));
    assertTrue(narrow.size() > 30, narrow::toString);
    narrow.forEach(
        (name, hashes) -> {
          String[] coldAndHot = hashes.split(" ", -1);
          assertEquals(coldAndHot[0], coldAndHot[1], name + " cold and hot");
        });
    for (int bits : new int[] {256, 512}) {
      Map<String, String> wide = prints(bits);
      assertEquals(String.valueOf(bits / 32), wide.remove("lanes"));
      narrow.forEach((name, hash) -> assertEquals(hash, wide.get(name), name + ", bits " + bits));
    }
  }

  /** Runs {@link Fingerprints} in a JVM of its own. */
  private static Map<String, String> prints(int bits) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-Dkairos.simd.bits=" + bits,
                "-cp",
                System.getProperty("java.class.path"),
                Fingerprints.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    Map<String, String> prints = new TreeMap<>();
    output
        .lines()
        .map(line -> line.split(" = ", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts -> prints.put(parts[0], parts[1]));
    return prints;
  }
}
