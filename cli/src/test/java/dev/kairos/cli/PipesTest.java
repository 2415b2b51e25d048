// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pipe where a file is expected is refused by name, and nothing waits for a writer. */
@Timeout(120)
class PipesTest {
  @TempDir Path folder;

  private Path pipe(Path at) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "no mkfifo");
    assertEquals(0, new ProcessBuilder("/usr/bin/mkfifo", at.toString()).start().waitFor());
    return at;
  }

  private static void refused(Path pipe, Run run) {
    assertEquals(3, run.code(), run.err());
    String all = run.out() + run.err();
    assertTrue(all.contains(pipe + ": is a pipe, expected a regular file"), all);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.json", "a.npy", "a.npz", "a.safetensors", "a.mps", "a.mps.gz"})
  void inspect(String name) throws Exception {
    Path pipe = pipe(folder.resolve(name));
    refused(pipe, Run.of("inspect", pipe));
  }

  @Test
  void evaluateAndReport() throws Exception {
    Path pipe = pipe(folder.resolve("pipe.json"));
    Path good =
        Files.writeString(
            folder.resolve("good.json"),
            "{\"results\": {}, \"database\": {\"v\": {\"subset\": \"test\", \"annotations\":"
                + " [{\"label\": \"a\", \"segment\": [0, 1]}]}}}");
    refused(pipe, Run.of("evaluate", "--detections", pipe, "--truth", good));
    refused(pipe, Run.of("evaluate", "--detections", good, "--truth", pipe));
    refused(pipe, Run.of("pseudo-label", "--instances", pipe, "--length", "9"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"dataset.toml", "annotations.json", "points.csv", "features/rgb/train_00001.npy"})
  void aDataFolder(String name) throws Exception {
    Path data = TinyData.write(folder.resolve("data"));
    Files.deleteIfExists(data.resolve(name));
    Path pipe = pipe(data.resolve(name));
    refused(pipe, Run.of("inspect", data));
    refused(pipe, TinyData.train(data, folder.resolve("run"), "--dry-run"));
  }
}
