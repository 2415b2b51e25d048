// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Help by topic, completion and manual pages. */
final class ShellVerbsTest {
  @TempDir private Path folder;

  private static CommandLine commandLine(String... args) {
    CommandLine line =
        new CommandLine(
            new KairosCommand(
                System.out,
                System.err,
                Terminal.of(Map.of(), new Properties()),
                Surroundings.HERE));
    VerbList.addTo(line, args);
    return line;
  }

  private static List<String> verbs() {
    return List.copyOf(new TreeSet<>(commandLine().getSubcommands().keySet()));
  }

  @Test
  void everyVerbIsInTheHelp() {
    String help = Run.of("--help").out();
    assertTrue(help.contains("Data:") && help.contains("  import-dataset "), help);
    verbs().forEach(verb -> assertTrue(help.contains("\n  " + verb + " "), verb));
    help.lines().forEach(line -> assertTrue(line.length() <= 100, line));
  }

  /** Of the other verbs nothing is then read. */
  @Test
  void aVerbAloneIsWhatItIsAmongAll() {
    Map<String, CommandLine> all = commandLine().getSubcommands();
    assertTrue(all.size() > 20);
    for (String verb : verbs()) {
      Map<String, CommandLine> alone = commandLine(verb, "--help").getSubcommands();
      boolean ofAll = List.of("help", "completion", "man").contains(verb);
      assertEquals(ofAll ? all.keySet() : Set.of(verb), alone.keySet());
      assertEquals(all.get(verb).getUsageMessage(), alone.get(verb).getUsageMessage());
    }
    assertEquals(Set.of(), commandLine("--version").getSubcommands().keySet());
    for (String other : List.of("--quiet", "trian", "")) {
      assertEquals(all.keySet(), commandLine(other, "train").getSubcommands().keySet());
    }
  }

  @Test
  void everyTopicIsExplained() throws IOException {
    String listed = Run.of("help", "topics").out();
    for (String topic : HelpCommand.topics().keySet()) {
      Run said = Run.of("help", topic);
      assertEquals(0, said.code());
      assertEquals(HelpCommand.text(topic), said.out());
      assertTrue(listed.contains("  " + topic + " "), listed);
      for (String line : HelpCommand.text(topic).split("\n", -1)) {
        assertTrue(line.length() <= 100, line);
      }
    }
    assertEquals(Run.of("train", "--help").out(), Run.of("help", "train").out());
    assertEquals(2, Run.of("help", "weather").code());
  }

  /** The commands that topics show exist, with the options they are shown with. */
  @Test
  void topicsNameNoVerbThatIsNotThere() throws IOException {
    for (String topic : HelpCommand.topics().keySet()) {
      HelpCommand.text(topic)
          .lines()
          .filter(line -> line.startsWith("  kairos "))
          .forEach(
              line -> {
                String[] words = line.strip().split(" +", -1);
                assertTrue(verbs().contains(words[1]), line);
                String help = Run.of(words[1], "--help").out();
                for (String word : words) {
                  assertTrue(!word.startsWith("--") || help.contains(word), line);
                }
              });
    }
  }

  @Test
  void bashCompletesVerbsAndOptions() throws Exception {
    Run printed = Run.of("completion", "bash");
    assertEquals(0, printed.code());
    Path script = Files.writeString(folder.resolve("completion"), printed.out());
    assertEquals(List.of("train"), completed(script, "kairos", "trai"));
    assertTrue(completed(script, "kairos", "train", "--re").contains("--resume"));
    assertTrue(Run.of("completion", "zsh").out().contains("bashcompinit"));
    assertEquals(2, Run.of("completion", "csh").code());
  }

  private static List<String> completed(Path script, String... words) throws Exception {
    String array = String.join(" ", words);
    String program =
        "source '%s'; COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE='%s'; COMP_POINT=%d; "
                .formatted(script, array, words.length - 1, array, array.length())
            + "_complete_kairos; printf '%s\\n' \"${COMPREPLY[@]}\"";
    Process bash =
        new ProcessBuilder("bash", "-c", program)
            .redirectError(ProcessBuilder.Redirect.DISCARD) // outside a completion, it says
            .start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(bash.waitFor(20, TimeUnit.SECONDS));
    return said.lines().map(String::strip).toList();
  }

  @Test
  void everyVerbHasAManualPage() throws IOException {
    Path pages = folder.resolve("man/man1");
    assertEquals(0, Run.of("man", "--out", pages.toString()).code());
    try (Stream<Path> all = Files.list(pages)) {
      List<String> names = all.map(page -> page.getFileName().toString()).sorted().toList();
      assertTrue(names.contains("kairos.1") && names.contains("kairos-lp-solve.1"), "" + names);
      verbs().forEach(verb -> assertTrue(names.contains("kairos-" + verb + ".1"), verb));
    }
    String train = Files.readString(pages.resolve("kairos-train.1"));
    assertTrue(train.startsWith(".TH \"KAIROS-TRAIN\" 1 "), train);
    assertTrue(train.contains("\\fB\\-\\-resume\\fR"), train);
    assertTrue(train.contains(".SH EXAMPLE"), train);
    String made = Files.readString(pages.resolve("kairos-make-dataset.1"));
    for (String page : List.of(train, made)) {
      assertFalse(page.contains("%n") || page.contains("@|") || page.contains("%%"), page);
    }
  }
}
