// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.training.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private long seconds;

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private Progress plain() {
    return new PlainProgress(
        new Messages(err, false, false, false), () -> seconds * 1_000_000_000L);
  }

  @Test
  void aPlainLineEvery30Seconds() {
    Progress progress = plain();
    progress.start("train basnet", 1000);
    for (seconds = 1; seconds <= 100; seconds++) {
      progress.step(5 * seconds, 1.0 / seconds);
    }
    progress.finish();
    assertEquals(
        List.of(
            "train basnet: 150/1000 (15 %), loss 0.03333, 5.00/s, 2 min 50 s left",
            "train basnet: 300/1000 (30 %), loss 0.01667, 5.00/s, 2 min 20 s left",
            "train basnet: 450/1000 (45 %), loss 0.01111, 5.00/s, 1 min 50 s left",
            "train basnet: 500 done in 1 min 41 s, loss 0.01000"),
        text().lines().toList());
  }

  @Test
  void aResumedTaskDoesNotCountWhatWasDoneBefore() {
    Progress progress = plain();
    progress.start("train", 1000);
    progress.step(900, Double.NaN);
    seconds = 40;
    progress.step(940, Double.NaN);
    assertEquals(
        List.of("train: 940/1000 (94 %), 1.00/s, 60.0 s left".replace("60.0 s", "1 min 0 s")),
        text().lines().toList());
  }

  @Test
  void unknownTotalsHaveNoTimeLeft() {
    Progress progress = plain();
    progress.start("count", 0);
    progress.step(0, Double.NaN);
    seconds = 30;
    progress.step(3000, Double.NaN);
    progress.note("a note");
    assertEquals(List.of("count: 3000, 100/s", "a note"), text().lines().toList());
  }

  @Test
  void durationsInWords() {
    assertEquals("0.0 s", PlainProgress.duration(0.01));
    assertEquals("59.9 s", PlainProgress.duration(59.9));
    assertEquals("1 min 0 s", PlainProgress.duration(59.96));
    assertEquals("59 min 59 s", PlainProgress.duration(3599.4));
    assertEquals("1 h 0 min", PlainProgress.duration(3599.6));
    assertEquals("27 h 46 min", PlainProgress.duration(100_000));
  }

  @Test
  void theBarShowsTaskShareAndLossAndEndsItsLine() {
    Progress progress = new ProgressBarLine(err, new Terminal(true, 100, false), () -> 100);
    progress.start("train basnet", 200);
    progress.step(1, 2.5);
    progress.note("saved");
    progress.step(200, 0.125);
    progress.finish();
    String last = shown(text().substring(text().lastIndexOf("\r\u001b[?7ltrain basnet")));
    assertTrue(last.contains("100%"), last);
    assertTrue(last.contains("200/200"), last);
    assertTrue(last.contains("loss 0.1250"), last);
    assertTrue(text().contains("saved" + System.lineSeparator()), text());
    assertTrue(text().endsWith("\n"), "the line is ended");
    assertTrue(last.strip().length() < 100, "no longer than the terminal is wide");
  }

  private static String shown(String drawn) {
    return drawn.replaceAll("\u001b\\[[?0-9]*[a-zA-Z]", "");
  }

  @Test
  void theBarOfATerminalThatIsNarrowedStaysOneLine() {
    for (int narrow : new int[] {60, 20, 3, 1}) {
      int[] columns = {100};
      Progress progress =
          new ProgressBarLine(err, new Terminal(true, 100, false), () -> columns[0]);
      progress.start("train basnet", 200);
      progress.step(1, 2.5);
      columns[0] = narrow;
      bytes.reset();
      progress.finish(); // draws once more
      String last = text().substring(text().lastIndexOf('\r') + 1);
      assertTrue(shown(last).strip().length() <= Math.max(1, narrow - 1), narrow + ": " + last);
      assertTrue(last.startsWith("\u001b[?7l"), "wrapping is off while the bar is drawn: " + last);
      assertTrue(last.strip().endsWith("\u001b[?7h"), "and on again: " + last);
      assertTrue(text().endsWith("\n"), "the line is ended");
    }
  }

  @Test
  void theWidthIsAskedForAtMostOnceASecond() {
    int[] asked = {0};
    int[] now = {120};
    TerminalWidth width =
        new TerminalWidth(
            100,
            () -> seconds * 1_000_000_000L,
            () -> {
              asked[0]++;
              return now[0];
            });
    assertEquals(100, width.getAsInt());
    seconds = 1;
    assertEquals(120, width.getAsInt());
    assertEquals(120, width.getAsInt());
    assertEquals(1, asked[0]);
    now[0] = 0; // nobody to ask any more
    for (seconds = 2; seconds < 9; seconds++) {
      assertEquals(120, width.getAsInt());
    }
    assertEquals(2, asked[0]);
    assertEquals(132, TerminalWidth.columns("43 132\n"));
    for (String other : new String[] {"", "0 0", "43", "a b", "43 132 1"}) {
      assertEquals(0, TerminalWidth.columns(other), other);
    }
  }

  @Test
  void theBarMayEndBeforeItBegins() {
    Progress progress = new ProgressBarLine(err, new Terminal(true, 80, true), () -> 80);
    progress.start("nothing", 5);
    progress.finish();
    assertEquals("", text());
  }

  @Test
  void theStartScriptSaysWhatTheTerminalIs() {
    Properties sized = new Properties();
    sized.setProperty("kairos.columns", "132");
    assertEquals(new Terminal(true, 132, true), Terminal.of(Map.of("LANG", "de_DE.UTF-8"), sized));
    assertEquals(
        new Terminal(false, 132, false), Terminal.of(Map.of("TERM", "dumb", "LANG", "C"), sized));
    assertEquals(
        new Terminal(true, 132, false),
        Terminal.of(Map.of("LC_ALL", "C", "LANG", "en_US.UTF-8"), sized));
    sized.setProperty("kairos.columns", "0; rm");
    assertEquals(80, Terminal.of(Map.of(), sized).columns());
  }
}
