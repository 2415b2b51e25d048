// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.run.RunFolder;
import dev.kairos.spark.files.ElsewhereFileSystem;
import dev.kairos.spark.harness.Kairos;
import dev.kairos.spark.harness.Master;
import dev.kairos.spark.harness.Sbhar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real recordings, by the words of a user. */
class TrainVerbTest {
  private static final Map<String, String> STORE =
      Map.of("spark.hadoop.fs.elsewhere.impl", ElsewhereFileSystem.class.getName());

  @TempDir Path folder;

  private static Object[] train(String method, Object data, Object out, Object... more) {
    List<Object> words =
        new ArrayList<>(List.of("train", method, "--data", data, "--out", out, "--seed", 3));
    words.addAll(Arrays.asList(more));
    return words.toArray();
  }

  private void assertSame(String expected, String run) throws IOException {
    for (String file :
        List.of(
            RunFolder.CONFIG,
            RunFolder.CHECKPOINT,
            RunFolder.METRICS,
            RunFolder.DETECTIONS,
            RunFolder.EVALUATION)) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve(expected).resolve(file)),
          Files.readAllBytes(folder.resolve(run).resolve(file)),
          run + ": " + file);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRunBySeveralWorkersIsThatOfTheCommand(Master master) throws IOException {
    Kairos.command(
            train(
                "basnet",
                Sbhar.data(),
                folder.resolve("here"),
                "--set",
                "steps=4",
                "--set",
                "train.shards=4"))
        .succeeded();
    try (SparkSession session = master.open(STORE)) {
      for (int workers = 1; workers <= 2; workers++) {
        Object[] words =
            train(
                "basnet",
                "elsewhere:" + Sbhar.data(),
                "elsewhere:" + folder + "/of" + workers,
                "--shards",
                4,
                "--workers=" + workers,
                "--set",
                "steps=4");
        Kairos.spark(words).succeeded();
        assertSame("here", "of" + workers);
        assertTrue(Files.exists(folder.resolve("of" + workers).resolve("report.html")));
      }
      Object[] more = {"--workers", 2, "--resume"};
      Kairos again =
          Kairos.spark(train("basnet", Sbhar.data(), folder.resolve("of2"), more)).succeeded();
      assertTrue(again.err().contains("finished before"), again.err());
    }
  }

  @Test
  void whatCannotBeIsSaidBeforeAnythingIsMade() throws IOException {
    try (SparkSession session = Master.LOCAL.open()) {
      Path out = folder.resolve("none");
      Kairos folds = Kairos.spark(train("basnet", Sbhar.data(), out, "--workers", 2, "--folds", 3));
      assertEquals(2, folds.code(), folds.err());
      Kairos none = Kairos.spark(train("basnet", Sbhar.data(), out, "--workers", "none"));
      assertEquals(2, none.code(), none.err());
      assertTrue(none.err().contains("--workers needs a whole number"), none.err());
      Kairos refused = Kairos.spark(train("apn", Sbhar.data(), out, "--workers", 2, "--shards", 2));
      assertEquals(2, refused.code(), refused.err());
      assertTrue(refused.err().contains("train.shards"), refused.err());
      assertTrue(Files.notExists(out));
    }
  }
}
