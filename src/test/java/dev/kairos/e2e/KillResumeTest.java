// SPDX-License-Identifier: Apache-2.0
package dev.kairos.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.cli.Main;
import dev.kairos.methods.generate.ThumosLikeGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training in a JVM of its own that is killed ten times at random moments, and then resumed to
 * its end, leaves the bits of one that was never disturbed.
 */
@Tag("once")
class KillResumeTest {
  private static final int KILLS = 10;
  private static final int STEPS = 6000;
  private static final List<String> VECTORS = List.of("--add-modules", "jdk.incubator.vector");

  @TempDir Path folder;

  private Path data = Path.of("");
  private int starts;

  @BeforeEach
  void writeData() throws IOException {
    data = folder.resolve("data");
    ThumosLikeGenerator.write(data, TinyRun.DATA);
  }

  private Process start(List<String> flags, List<String> words) throws IOException {
    return start(Main.class, flags, words);
  }

  private Process start(Class<?> main, List<String> flags, List<String> words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    String classPath = System.getProperty("java.class.path");
    command.addAll(
        List.of(
            "-Xmx256m",
            "-cp",
            System.getProperty("surefire.test.class.path", classPath),
            main.getName()));
    command.addAll(words);
    starts++;
    return new ProcessBuilder(command)
        .redirectOutput(folder.resolve("out" + starts).toFile())
        .redirectError(folder.resolve("err" + starts).toFile())
        .start();
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve("err" + starts));
  }

  private void succeed(List<String> flags, List<String> words) throws Exception {
    Process process = start(flags, words);
    assertTrue(process.waitFor(100, TimeUnit.SECONDS), "hangs: " + words);
    assertEquals(0, process.exitValue(), said());
  }

  private static List<String> with(List<String> words, String... more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of(more));
    return all;
  }

  @Test
  void killedTenTimesWithVectors() throws Exception {
    killAgainAndAgain(VECTORS, out -> TinyRun.train(data, out, STEPS), 20240711);
  }

  @Test
  void killedTenTimesWithoutVectors() throws Exception {
    killAgainAndAgain(List.of(), out -> TinyRun.train(data, out, STEPS), 20240712);
  }

  @Test
  void killedTenTimesInAllStages() throws Exception {
    killAgainAndAgain(VECTORS, out -> TinyRun.trainInStages(data, out, 900, 700), 20240714);
  }

  @Test
  void killedTenTimesBetweenEvaluations() throws Exception {
    killAgainAndAgain(
        VECTORS,
        out -> with(TinyRun.train(data, out, STEPS), "--validate", "0.2", "--validate-every", "7"),
        20261130);
  }

  /** Six times just when new labels were made, of which no checkpoint knows yet; then at random. */
  @Test
  void killedTwentyTimesWhileLabelsAreRenewed() throws Exception {
    SplittableRandom random = new SplittableRandom(20261130);
    Path undisturbed = folder.resolve("undisturbed");
    succeed(VECTORS, TinyRun.trainOnOwnLabels(data, undisturbed));
    Path killed = folder.resolve("killed");
    Path metrics = killed.resolve("metrics.jsonl");
    List<String> words =
        with(TinyRun.trainOnOwnLabels(data, killed), "--checkpoint-seconds", "0.02");
    int atRenewals = 0;
    for (int kill = 0; kill < 20; kill++) {
      long before = Files.exists(metrics) ? Files.size(metrics) : 0;
      Process process = start(VECTORS, Files.exists(killed) ? with(words, "--resume") : words);
      if (kill % 3 == 1) {
        String renewed = "generation " + kill / 3;
        while (process.isAlive() && !said().contains(renewed)) {
          Thread.sleep(1);
        }
        atRenewals += process.isAlive() ? 1 : 0;
      } else {
        awaitChange(process, metrics, before);
        Thread.sleep(random.nextLong(30));
      }
      process.destroyForcibly();
      assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    }
    assertTrue(atRenewals >= 4, "only " + atRenewals + " kills came at a renewal");
    succeed(VECTORS, with(words, "--resume"));
    List<String> names =
        new ArrayList<>(List.of("checkpoint.safetensors", "metrics.jsonl", "detections.json"));
    names.addAll(ofStages(undisturbed));
    assertTrue(names.contains("stages/gaufuse/generations.json"), names.toString());
    for (String name : names) {
      assertArrayEquals(
          Files.readAllBytes(undisturbed.resolve(name)),
          Files.readAllBytes(killed.resolve(name)),
          name);
    }
  }

  /**
   * Every third time just when it has looked at its pseudo actions, which follow the classes of
   * snippets, else at random.
   */
  @Test
  void killedTwentyTimesWhileItLooksAtPseudoActions() throws Exception {
    SplittableRandom random = new SplittableRandom(20261201);
    Path undisturbed = folder.resolve("undisturbed");
    succeed(VECTORS, lookingAt(undisturbed));
    Path killed = folder.resolve("killed");
    Path metrics = killed.resolve("metrics.jsonl");
    List<String> words = with(lookingAt(killed), "--checkpoint-seconds", "0.02");
    int hits = 0;
    int atLooks = 0;
    for (int kill = 0; kill < 20; kill++) {
      long before = Files.exists(metrics) ? Files.size(metrics) : 0;
      List<String> all = Files.exists(killed) ? with(words, "--resume") : new ArrayList<>(words);
      all.addAll(List.of("--threads", Integer.toString(1 + kill % 2)));
      Process process = start(VECTORS, all);
      awaitChange(process, metrics, before);
      if (kill % 3 == 1) {
        while (process.isAlive() && !said().contains("pseudo actions after epoch")) {
          Thread.sleep(1);
        }
        atLooks += process.isAlive() ? 1 : 0;
      } else {
        Thread.sleep(random.nextLong(40));
      }
      hits += process.isAlive() ? 1 : 0;
      process.destroyForcibly();
      assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    }
    assertTrue(hits >= 18 && atLooks >= 5, hits + " kills in time, " + atLooks + " at a look");
    succeed(VECTORS, with(words, "--resume"));
    List<String> names =
        new ArrayList<>(List.of("checkpoint.safetensors", "metrics.jsonl", "detections.json"));
    names.addAll(ofStages(undisturbed));
    assertTrue(names.contains("stages/apn/pseudo-actions.json"), names.toString());
    for (String name : names) {
      assertArrayEquals(
          Files.readAllBytes(undisturbed.resolve(name)),
          Files.readAllBytes(killed.resolve(name)),
          name);
    }
  }

  private List<String> lookingAt(Path out) {
    List<String> words = TinyRun.trainOnPoints(data, out, 1000, 20);
    return with(
        words,
        "--set",
        "pseudo.quality=true",
        "--set",
        "lambda3=1",
        "--set",
        "pseudo.rule=classes");
  }

  private void killAgainAndAgain(
      List<String> flags, Function<Path, List<String>> command, long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    Path undisturbed = folder.resolve("undisturbed");
    succeed(flags, command.apply(undisturbed));

    Path killed = folder.resolve("killed");
    Path metrics = killed.resolve("metrics.jsonl");
    int hits = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      List<String> words = with(command.apply(killed), "--checkpoint-seconds", "0.02");
      words.addAll(List.of("--threads", Integer.toString(1 + kill % 2)));
      long before = Files.exists(metrics) ? Files.size(metrics) : 0;
      Process process = start(flags, Files.exists(killed) ? with(words, "--resume") : words);
      if (kill % 3 == 2) { // at any moment, most likely while the JVM and the run begin
        Thread.sleep(random.nextLong(700));
      } else { // soon after it trains again, however slow the machine is
        awaitChange(process, metrics, before);
        Thread.sleep(random.nextLong(60));
      }
      hits += process.isAlive() ? 1 : 0;
      process.destroyForcibly();
      assertTrue(process.waitFor(10, TimeUnit.SECONDS), "seed " + seed);
    }
    assertTrue(hits >= KILLS - 2, "only " + hits + " kills came in time, seed " + seed);
    succeed(flags, with(command.apply(killed), "--resume"));
    List<String> names =
        new ArrayList<>(List.of("checkpoint.safetensors", "metrics.jsonl", "detections.json"));
    for (String name : List.of("best.safetensors", "validation.json")) {
      if (Files.exists(undisturbed.resolve(name))) {
        names.add(name);
      }
    }
    names.addAll(ofStages(undisturbed));
    assertEquals(ofStages(undisturbed), ofStages(killed));
    for (String name : names) {
      assertArrayEquals(
          Files.readAllBytes(undisturbed.resolve(name)),
          Files.readAllBytes(killed.resolve(name)),
          name + ", seed " + seed);
    }
    try (var files = Files.list(killed)) {
      assertFalse(
          files.anyMatch(file -> file.getFileName().toString().endsWith(".tmp")), "left-overs");
    }
  }

  @Test
  void killedTwentyTimesWithAllThatAMethodCanRemember() throws Exception {
    SplittableRandom random = new SplittableRandom(20261129);
    Path undisturbed = folder.resolve("undisturbed");
    rememberingRun(undisturbed);
    Path killed = folder.resolve("killed");
    Path metrics = killed.resolve("metrics.jsonl");
    int hits = 0;
    for (int kill = 0; kill < 20; kill++) {
      long before = Files.exists(metrics) ? Files.size(metrics) : 0;
      Process process = start(RememberingRun.class, VECTORS, remembering(killed));
      awaitChange(process, metrics, before);
      Thread.sleep(random.nextLong(40));
      hits += process.isAlive() ? 1 : 0;
      process.destroyForcibly();
      assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    }
    assertTrue(hits >= 18, "only " + hits + " kills came in time");
    rememberingRun(killed);
    for (String name : List.of("checkpoint.safetensors", "metrics.jsonl")) {
      assertArrayEquals(
          Files.readAllBytes(undisturbed.resolve(name)),
          Files.readAllBytes(killed.resolve(name)),
          name);
    }
  }

  private List<String> remembering(Path out) {
    return List.of(data.toString(), out.toString(), "2500");
  }

  private void rememberingRun(Path out) throws Exception {
    Process process = start(RememberingRun.class, VECTORS, remembering(out));
    assertTrue(process.waitFor(100, TimeUnit.SECONDS), "hangs");
    assertEquals(0, process.exitValue(), said());
  }

  /** The files that trainings of their own folders left. */
  private static List<String> ofStages(Path run) throws IOException {
    Path stages = run.resolve("stages");
    if (!Files.exists(stages)) {
      return List.of();
    }
    try (var files = Files.walk(stages)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> run.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private void awaitChange(Process process, Path metrics, long before) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!Files.exists(metrics) || Files.size(metrics) == before) {
      assertTrue(process.isAlive() && System.nanoTime() < deadline, said());
      Thread.sleep(1);
    }
  }

  @Test
  void aTerminationSignalSavesAndSaysHowToGoOn() throws Exception {
    Path out = folder.resolve("run");
    Process process = start(List.of(), TinyRun.train(data, out, 1_000_000));
    Path metrics = out.resolve("metrics.jsonl");
    awaitChange(process, metrics, 0);
    process.destroy(); // SIGTERM
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "hangs");
    assertEquals(4, process.exitValue(), said());
    assertTrue(said().contains("KINT-001"), said());
    assertTrue(said().contains("--out " + out + " --resume"), said());
    long lines;
    try (var all = Files.lines(metrics)) {
      lines = all.count();
    }
    String state = Files.readString(out.resolve("state.json"));
    assertTrue(state.contains("\"total_steps\" : " + lines), state + lines);
  }
}
