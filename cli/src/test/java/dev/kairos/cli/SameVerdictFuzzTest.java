// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.contract.Campaign;
import dev.kairos.tensor.io.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is done to a data folder, {@code inspect} and {@code train --dry-run} end alike: both
 * accept it, or both refuse it. {@code -Dkairos.fuzz.seconds} goes on for longer.
 */
@Timeout(3600)
class SameVerdictFuzzTest {
  private static final int ROUNDS = 40;
  private static final String[] PARTS = {
    "\"train\"",
    "\"test\"",
    "\"subset\"",
    "\"Action00\"",
    "\"label\"",
    "\"segment\"",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "train_0000",
    "width = 8",
    "fps = ",
    "stride",
    "rgb",
    "0",
    "1",
    ".",
    "\""
  };
  private static final String[] INSTEAD = {
    "",
    "null",
    "\"x\"",
    "\"../x\"",
    "-1",
    "[]",
    "{}",
    "1e999",
    "\u00e9",
    "[[",
    "width = 9",
    "NaN",
    "\"train\"",
    "\"validation\"",
    ",",
    "0",
    "a/b",
    "\\u0000"
  };

  @TempDir Path parent;

  @Test
  void inspectAndTrainEndAlike() throws IOException {
    Path whole = TinyData.write(parent.resolve("whole"));
    int[] codes = new int[4];
    for (long seed : Campaign.seeds(1, ROUNDS)) {
      Path data = parent.resolve("data");
      copy(whole, data);
      SplittableRandom random = new SplittableRandom(seed);
      for (int n = random.nextInt(3); n >= 0; n--) {
        damage(data, random);
      }
      Run inspect = Run.of("inspect", data);
      Run train = TinyData.train(data, parent.resolve("run"), "--dry-run");
      String said = "seed " + seed + "\n" + inspect.out() + inspect.err() + "\n" + train.err();
      assertEquals(inspect.code(), train.code(), said);
      assertTrue(inspect.code() == 0 || inspect.code() == 3, said);
      codes[inspect.code()]++;
      FileTree.delete(data);
    }
    assertTrue(codes[0] > 0 && codes[3] > 0, codes[0] + " good, " + codes[3] + " refused");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static void damage(Path data, SplittableRandom random) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(data)) {
      all.filter(file -> !file.equals(data)).sorted().forEach(files::add);
    }
    List<Path> texts = files.stream().filter(f -> f.toString().matches(".*(toml|json)")).toList();
    Path file = files.get(random.nextInt(files.size()));
    switch (texts.isEmpty() ? 0 : random.nextInt(6)) {
      case 0 -> FileTree.delete(file);
      case 1 -> Files.move(file, file.resolveSibling("v_" + file.getFileName()));
      case 2 -> Files.writeString(data.resolve("note" + files.size()), "x");
      default -> replace(texts.get(random.nextInt(texts.size())), random);
    }
  }

  /** Puts something else where one of the usual parts of a description or an annotation stands. */
  private static void replace(Path file, SplittableRandom random) throws IOException {
    String text = Files.readString(file);
    String part = PARTS[random.nextInt(PARTS.length)];
    int at = text.indexOf(part, random.nextInt(text.length() + 1));
    if (at >= 0) {
      String instead = INSTEAD[random.nextInt(INSTEAD.length)];
      Files.writeString(file, text.substring(0, at) + instead + text.substring(at + part.length()));
    }
  }
}
