// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.harness;

import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Real recordings, and a short training on them: made once for all tests of a build. */
public final class Sbhar {
  private Sbhar() {}

  /** The data folder. */
  public static Path data() {
    return made("sbhar", "make-dataset", "sbhar", "--raw", raw());
  }

  /** A run of BaS-Net. */
  public static Path run() {
    return made("sbhar-run", "train", "basnet", "--data", data(), "--set", "steps=20", "--seed", 0);
  }

  private static Path raw() {
    Path raw =
        Path.of(System.getProperty("kairos.root", ".."))
            .resolve("../shared/data/sbhar")
            .normalize();
    if (!Files.isDirectory(raw)) {
      String missing = "no folder " + raw + ": the recordings of SBHAR must lie there";
      if ("true".equals(System.getenv("CI"))) {
        fail(missing);
      }
      Assumptions.abort(missing);
    }
    return raw;
  }

  private static synchronized Path made(String name, Object... words) {
    Path place = Path.of("target", "test-data", name).toAbsolutePath();
    if (!Files.exists(place.resolve("complete"))) {
      Object[] all = java.util.Arrays.copyOf(words, words.length + 2);
      all[words.length] = "--out";
      all[words.length + 1] = place;
      Kairos.command(all).succeeded();
      try {
        Files.createFile(place.resolve("complete"));
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
    return place;
  }
}
