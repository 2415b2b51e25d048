// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.localization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.data.Dataset;
import dev.kairos.spark.files.ElsewhereFileSystem;
import dev.kairos.spark.harness.Kairos;
import dev.kairos.spark.harness.Master;
import dev.kairos.spark.harness.Sbhar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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

  /** Real recordings, the files of one of them cut short. */
  private Path damaged(String id) throws IOException {
    Path copy = folder.resolve("damaged");
    try (Stream<Path> files = Files.walk(Sbhar.data())) {
      for (Path file : files.toList()) {
        Path to = copy.resolve(Sbhar.data().relativize(file).toString());
        if (String.valueOf(file.getFileName()).equals(id + ".npy")) {
          Files.write(to, Arrays.copyOf(Files.readAllBytes(file), 200));
        } else {
          Files.copy(file, to);
        }
      }
    }
    return copy;
  }

  @Test
  void aDamagedRecordingStopsTheWorkOrIsLeftOut() throws IOException {
    String id = Dataset.open(Sbhar.data()).subset("test").get(3).id();
    Path data = damaged(id);
    try (SparkSession session = Master.LOCAL.open()) {
      Path never = folder.resolve("never.json");
      Kairos stopped =
          Kairos.spark("localize", "--run", Sbhar.run(), "--data", data, "--out", never);
      assertEquals(3, stopped.code(), stopped.err());
      assertTrue(stopped.err().contains(id), stopped.err());
      assertFalse(Files.exists(never));
      Path expected = folder.resolve("expected.json");
      Path found = folder.resolve("found.json");
      Object[] words = {"localize", "--run", Sbhar.run(), "--data", data, "--on-error", "skip"};
      Kairos command = Kairos.command(with(words, "--out", expected));
      Kairos cluster = Kairos.spark(with(words, "--out", found));
      assertEquals(1, command.code(), command.err());
      assertEquals(1, cluster.code(), cluster.err());
      assertTrue(cluster.err().contains(id), cluster.err());
      assertSame(expected, found);
      assertFalse(Files.readString(found).contains('"' + id + '"'), id + " was found");
    }
    assertEquals(List.of(), leftOvers());
  }

  private static Object[] with(Object[] words, Object... more) {
    return Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray();
  }
}
