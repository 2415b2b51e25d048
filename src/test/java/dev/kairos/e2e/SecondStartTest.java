// SPDX-License-Identifier: Apache-2.0
package dev.kairos.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.cli.Main;
import dev.kairos.methods.generate.ThumosLikeGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes and one run folder: the first goes on untouched, the second is told of it. */
@Tag("once")
class SecondStartTest {
  private static final int STEPS = 3000;
  private static final List<String> RESULTS =
      List.of("config.toml", "checkpoint.safetensors", "metrics.jsonl", "detections.json");

  @TempDir Path folder;

  private Path data = Path.of("");

  @BeforeEach
  void writeData() throws IOException {
    data = folder.resolve("data");
    ThumosLikeGenerator.write(data, TinyRun.DATA);
  }

  private Process start(List<String> words, String name) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String classPath = System.getProperty("java.class.path");
    command.addAll(
        List.of(
            "-Xmx256m",
            "-cp",
            System.getProperty("surefire.test.class.path", classPath),
            Main.class.getName()));
    command.addAll(words);
    return new ProcessBuilder(command)
        .redirectOutput(folder.resolve(name + ".out").toFile())
        .redirectError(folder.resolve(name + ".err").toFile())
        .start();
  }

  /** In a JVM like those that are compared with it: with other loops the bits would be others. */
  private void succeed(List<String> words) throws Exception {
    Process process = start(words, "alone");
    assertTrue(process.waitFor(200, TimeUnit.SECONDS), "hangs: " + words);
    assertEquals(0, process.exitValue(), said("alone"));
  }

  private String said(String name) throws IOException {
    return Files.readString(folder.resolve(name + ".err"));
  }

  private static String refusal(List<String> words) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
    int code = Main.run(words.toArray(String[]::new), stream, stream);
    assertEquals(3, code, said.toString(StandardCharsets.UTF_8));
    return said.toString(StandardCharsets.UTF_8);
  }

  private static List<String> with(List<String> words, String... more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of(more));
    return all;
  }

  @Test
  void secondStartsLeaveTheFirstAlone() throws Exception {
    Path undisturbed = folder.resolve("undisturbed");
    succeed(TinyRun.train(data, undisturbed, STEPS));
    Path out = folder.resolve("run");
    List<String> words = TinyRun.train(data, out, STEPS);
    Process first = start(with(words, "--checkpoint-seconds", "0"), "first");
    Path lock = out.resolve(".lock");
    while (!Files.exists(lock) || Files.size(lock) == 0) {
      assertTrue(first.isAlive(), said("first"));
      Thread.sleep(1);
    }
    int refused = 0;
    while (refused < 12 && first.isAlive()) {
      String said = refusal(refused % 2 == 0 ? words : with(words, "--resume"));
      if (first.isAlive()) {
        assertTrue(said.contains("is being written to by process " + first.pid() + " on "), said);
        refused++;
      }
    }
    assertTrue(first.waitFor(200, TimeUnit.SECONDS), "hangs");
    assertEquals(0, first.exitValue(), said("first"));
    assertTrue(refused > 2, "only " + refused + " starts came in time");
    assertSame(undisturbed, out);
  }

  @Test
  void ofTwoThatStartTogetherOneTrains() throws Exception {
    List<Path> expected = new ArrayList<>();
    for (int seed = 1; seed <= 2; seed++) {
      expected.add(folder.resolve("seed" + seed));
      succeed(with(TinyRun.train(data, expected.get(seed - 1), 6), "--seed", "" + seed));
    }
    for (int round = 0; round < 4; round++) {
      Path out = folder.resolve("run" + round);
      List<String> words = TinyRun.train(data, out, 6);
      Process one = start(with(words, "--seed", "1"), "one" + round);
      Process two = start(with(words, "--seed", "2"), "two" + round);
      assertTrue(one.waitFor(100, TimeUnit.SECONDS) && two.waitFor(100, TimeUnit.SECONDS), "hangs");
      List<Integer> codes = List.of(one.exitValue(), two.exitValue());
      String said = codes + said("one" + round) + said("two" + round);
      assertTrue(codes.contains(0) && codes.contains(3), said);
      assertTrue(said.contains("KDATA-209") || said.contains("KDATA-202"), said);
      assertSame(expected.get(codes.indexOf(0)), out);
    }
  }

  private static void assertSame(Path expected, Path found) throws IOException {
    for (String name : RESULTS) {
      assertArrayEquals(
          Files.readAllBytes(expected.resolve(name)),
          Files.readAllBytes(found.resolve(name)),
          name);
    }
  }
}
