// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  private static final List<String> VERBS =
      List.of(
          "evaluate",
          "report",
          "inspect",
          "make-dataset",
          "fuse",
          "pseudo-label",
          "import-weights",
          "export-weights");

  @Test
  void versionIsOneLineOnStandardOutput() {
    assertEquals(new Run(0, "kairos 0.1.0" + System.lineSeparator(), ""), Run.of("--version"));
  }

  @Test
  void everyVerbHasHelpWithAnExample() {
    Run all = Run.of("--help");
    assertEquals(0, all.code());
    assertEquals("", all.err());
    for (String verb : VERBS) {
      assertTrue(all.out().contains("\n  " + verb + " "), verb);
      Run run = Run.of(verb, "--help");
      assertEquals(0, run.code(), verb);
      assertEquals("", run.err(), verb);
      assertTrue(run.out().contains("\n  kairos " + verb + " "), run.out());
      for (String option : List.of("--quiet", "--verbose", "--log-format")) {
        assertTrue(run.out().contains(option), verb + " " + option);
      }
    }
  }

  @Test
  void withoutAVerbTheUsageGoesToStandardError() {
    Run run = Run.of();
    assertEquals(2, run.code());
    assertEquals("", run.out());
    assertTrue(run.err().contains("Usage: kairos"), run.err());
    assertTrue(run.err().contains("kairos: KUSE-002: no verb given"), run.err());
  }

  @Test
  void aMistypedWordIsNamedWithWhatWasMeant() {
    assertEquals(
        lines(
            "kairos: KUSE-001: unknown verb: evluate",
            "  try: did you mean evaluate? see kairos --help"),
        Run.of("evluate").err());
    assertEquals(
        lines(
            "kairos: KUSE-001: unknown option: --detectoins",
            "  try: did you mean --detections? see kairos evaluate --help"),
        Run.of("evaluate", "--detectoins", "x").err());
    assertEquals(
        lines("kairos: KUSE-001: unknown option: --zzzzzz", "  try: see kairos --help"),
        Run.of("--zzzzzz").err());
    assertEquals(2, Run.of("evluate").code());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evaluate",
        "evaluate --detections",
        "evaluate --detections a --truth b --json=perhaps",
        "report --detections a --truth b",
        "inspect",
        "make-dataset",
        "make-dataset thumos-like",
        "make-dataset thumos-like --out x --seed seven",
        "make-dataset thumos-like --out x --raw y",
        "make-dataset sbhar --out x",
        "make-dataset sbhar --out x --raw y --quick",
        "make-dataset sbhar --out x --raw y --seed 1",
        "make-dataset sbhar --out x --raw y --points centre --seed 1",
        "make-dataset sbhar --out x --raw y --points center",
        "make-dataset sbhar --out x --raw y --fold 1",
        "make-dataset 50salads --out x",
        "make-dataset 50salads --out x --raw y --points source",
        "make-dataset 50salads --out x --raw y --background z",
        "make-dataset thumos-like --out x --fold 1",
        "make-dataset thumos-like --out x --width 16",
        "make-dataset sbhar --out x --raw y --annotations z",
        "make-dataset thumos14 --out x",
        "make-dataset thumos14 --out x --annotations y --width 7",
        "make-dataset thumos14 --out x --annotations y --points source",
        "make-dataset thumos14 --out x --annotations y --raw z",
        "make-dataset nothing --out x",
        "import-weights x.pt --method basnet --data y",
        "import-weights --method basnet --data y --out z",
        "export-weights",
        "export-weights run",
        "--log-format xml",
        "evaluate --detections a --truth b extra"
      })
  void wrongCommandLinesEndWithTwoAndOneMessage(String line) {
    Run run = Run.of((Object[]) line.split(" "));
    assertEquals(2, run.code(), run.err());
    assertEquals("", run.out());
    assertTrue(run.err().startsWith("kairos: KUSE-00"), run.err());
    assertTrue(run.err().lines().count() <= 3, run.err());
  }

  @Test
  void errorsAsJsonAreOneObjectALine() throws IOException {
    for (List<String> words :
        List.of(
            List.of("--log-format", "json", "evluate"),
            List.of("--log-format=json", "evaluate"),
            List.of("inspect", "/no/such/file", "--log-format", "json"))) {
      Run run = Run.of(words.toArray());
      JsonNode error = new ObjectMapper().readTree(run.err());
      assertEquals(1, run.err().lines().count());
      assertEquals("error", error.get("level").asText());
      assertTrue(error.get("code").asText().matches("K[A-Z]+-\\d{3}"), run.err());
      assertTrue(error.hasNonNull("message") && error.hasNonNull("time"), run.err());
    }
  }

  @Test
  void missingFilesEndWithThreeAndTheirName() {
    Run run = Run.of("inspect", "/no/such/file");
    assertEquals(3, run.code());
    assertEquals(lines("kairos: KDATA-901: /no/such/file: no such file or folder"), run.err());
    Run verbose = Run.of("inspect", "/no/such/file", "--verbose");
    assertTrue(verbose.err().contains("\tat dev.kairos.cli."), verbose.err());
  }

  @Test
  void resultsThatCannotBeWrittenAreAnError() {
    PrintStream full =
        new PrintStream(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("No space left on device");
              }
            });
    java.io.ByteArrayOutputStream err = new java.io.ByteArrayOutputStream();
    int code =
        Main.run(
            new String[] {"--version"}, full, new PrintStream(err, true, StandardCharsets.UTF_8));
    assertEquals(3, code);
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("KDATA-903"));
  }

  private static String lines(String... lines) {
    return String.join(System.lineSeparator(), lines) + System.lineSeparator();
  }

  @Test
  void helpIsAVerbToo() {
    assertEquals(Run.of("train", "--help"), Run.of("help", "train"));
    assertEquals(Run.of("--help"), Run.of("help"));
    assertEquals(2, Run.of("help", "trian").code());
  }

  @Test
  void theBeginningOfAVerbIsEnoughToFindIt() {
    assertTrue(Run.of("eval").err().contains("did you mean evaluate?"));
  }
}
