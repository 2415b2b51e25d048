// SPDX-License-Identifier: Apache-2.0
package dev.kairos.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.MemoryRecordings;
import dev.kairos.Recording;
import dev.kairos.Trainer;
import dev.kairos.methods.generate.ThumosLikeGenerator;
import dev.kairos.methods.generate.ThumosLikeOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of {@code docs/embedding} are short, compile, and do what they say. */
class EmbeddingProgramsTest {
  private static final Path PROGRAMS = Path.of("../../docs/embedding");
  private static final Map<String, Integer> MOST_LINES =
      Map.of("Localize.java", 15, "TrainSeeds.java", 25);

  @TempDir private Path folder;

  @Test
  void areAsShortAsPromised() throws IOException {
    try (Stream<Path> files = Files.list(PROGRAMS)) {
      List<Path> programs = files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
      assertEquals(
          MOST_LINES.keySet().stream().sorted().toList(),
          programs.stream().map(f -> f.getFileName().toString()).toList());
      for (Path program : programs) {
        int lines = Files.readAllLines(program).size();
        int most = MOST_LINES.get(program.getFileName().toString());
        assertTrue(lines <= most, program + ": " + lines + " lines");
      }
    }
  }

  @Test
  void localizeByARunThatWasTrainedInMemory() throws Exception {
    compile();
    MemoryRecordings recordings = new MemoryRecordings("levels", 1);
    for (int i = 0; i < 8; i++) { // what the program asks about is low throughout
      float[][] rows = new float[60][4];
      if (i % 2 == 1) {
        Arrays.stream(rows).forEach(row -> Arrays.fill(row, 1));
      }
      recordings.add(Recording.of("r" + i).labels(i % 2 == 0 ? "low" : "high"), rows);
    }
    Path run = folder.resolve("run");
    Trainer.of("plain").set("steps", 200).train(recordings).save(run);
    String found = output("Localize", run);
    assertTrue(found.startsWith("low "), found);
    found.lines().forEach(line -> assertTrue(line.matches("(low|high)( [-0-9.E]+){3}"), line));
  }

  @Test
  void trainSeedsAndScoreOneByOtherRules() throws Exception {
    compile();
    Path data = folder.resolve("data");
    ThumosLikeGenerator.write(data, ThumosLikeOptions.quick());
    String printed = output("TrainSeeds", data, folder.resolve("runs"));
    String number = "[01]\\.\\d{3}";
    assertTrue(
        printed.matches(
            "mAP@0\\.5 %s, deviation %s\\Rseed 1 by the rules of THUMOS14 %s\\R"
                .replace("%s", number)),
        printed);
  }

  private void compile() {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var errors = new ByteArrayOutputStream();
    String[] words =
        Stream.concat(
                Stream.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path")),
                MOST_LINES.keySet().stream().map(name -> PROGRAMS.resolve(name).toString()))
            .toArray(String[]::new);
    int code = compiler.run(null, errors, errors, words);
    assertEquals(0, code, errors.toString(StandardCharsets.UTF_8));
  }

  /** What a program prints; nothing may go to its error stream. */
  private String output(String program, Path... arguments)
      throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes =
        folder + System.getProperty("path.separator") + System.getProperty("java.class.path");
    Path errors = folder.resolve(program + ".err");
    List<String> words = new ArrayList<>(List.of(java, "-cp", classes, program));
    Stream.of(arguments).forEach(argument -> words.add(argument.toString()));
    Process process = new ProcessBuilder(words).redirectError(errors.toFile()).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(2, TimeUnit.MINUTES));
    assertEquals("", Files.readString(errors), program);
    assertEquals(0, process.exitValue());
    return printed;
  }
}
