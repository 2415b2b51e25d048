// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.localization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.spark.files.ElsewhereFileSystem;
import dev.kairos.spark.harness.Kairos;
import dev.kairos.spark.harness.Master;
import dev.kairos.spark.harness.Sbhar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClusterLocalizationTest {
  private static final String STORE = "spark.hadoop.fs.elsewhere.impl";

  @TempDir Path folder;

  private Path byTheCommand() {
    Path out = folder.resolve("command.json");
    Kairos.command("localize", "--run", Sbhar.run(), "--data", Sbhar.data(), "--out", out)
        .succeeded();
    return out;
  }

  private static void assertSame(Path expected, Path found) throws IOException {
    assertArrayEquals(Files.readAllBytes(expected), Files.readAllBytes(found), "bytes of " + found);
  }

  /** Files that somebody began and did not move into their place. */
  private List<Path> leftOvers() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> String.valueOf(file.getFileName()).startsWith(".")).toList();
    }
  }

  @ParameterizedTest
  @EnumSource
  void realRecordingsGiveTheBytesOfTheCommand(Master master) throws IOException {
    Path expected = byTheCommand();
    Path out = folder.resolve("cluster.json");
    try (SparkSession session = master.open()) {
      Kairos done =
          Kairos.spark("localize", "--run", Sbhar.run(), "--data", Sbhar.data(), "--out", out)
              .succeeded();
      assertTrue(done.err().contains("wrote " + out + ": "), done.err());
      assertSame(expected, out);
      Path csv = folder.resolve("features.csv");
      Kairos.spark(
              "localize",
              "--run",
              Sbhar.run(),
              "--features",
              Sbhar.data().resolve("features"),
              "--out",
              csv)
          .succeeded();
      Path same = folder.resolve("same.csv");
      Kairos.command(
              "localize",
              "--run",
              Sbhar.run(),
              "--features",
              Sbhar.data().resolve("features"),
              "--out",
              same)
          .succeeded();
      assertSame(same, csv);
    }
    assertEquals(List.of(), leftOvers());
  }

  @Test
  void anExecutorThatDiesCostsTimeAndNoResult() throws IOException {
    Path expected = byTheCommand();
    Path marker = folder.resolve("halted");
    Path out = folder.resolve("cluster.json");
    Map<String, String> settings =
        Map.of(
            STORE,
            ElsewhereFileSystem.class.getName(),
            "spark.hadoop." + ElsewhereFileSystem.HALTS,
            marker.toString());
    try (SparkSession session = Master.CLUSTER.open(settings)) {
      Kairos.spark(
              "localize",
              "--run",
              "elsewhere:" + Sbhar.run(),
              "--data",
              "elsewhere:" + Sbhar.data(),
              "--out",
              "elsewhere:" + out)
          .succeeded();
    }
    assertTrue(Files.exists(marker), "no executor died");
    assertSame(expected, out);
    assertEquals(List.of(), leftOvers());
  }

  @Test
  void aStoreThatWasAwayIsAskedAgain() throws IOException {
    Path expected = byTheCommand();
    Path marker = folder.resolve("failed");
    Path out = folder.resolve("cluster.json");
    Map<String, String> settings =
        Map.of(
            STORE,
            ElsewhereFileSystem.class.getName(),
            "spark.hadoop." + ElsewhereFileSystem.FAILS,
            marker.toString(),
            "spark.hadoop.fs.elsewhere.impl.disable.cache",
            "true");
    try (SparkSession session = Master.open("local[2,3]", settings)) {
      Kairos.spark(
              "localize",
              "--run",
              "elsewhere:" + Sbhar.run(),
              "--data",
              "elsewhere:" + Sbhar.data(),
              "--out",
              "elsewhere:" + out)
          .succeeded();
    }
    assertTrue(Files.exists(marker), "no read failed");
    assertSame(expected, out);
  }
}
