// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessClockTest {
  @Test
  void theSecondLineIsTheChildren() {
    assertEquals(62.75, ProcessClock.ofChildren("0m9.0s 0m9.0s\n1m2.50s 0m0.25s\n"), 1e-12);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aCommandIsRunWithItsWordsAsTheyAre() {
    ProcessClock.Run run = ProcessClock.time(List.of("echo", "a b", "$HOME;"));
    assertEquals("a b $HOME;", run.output().strip());
    assertTrue(run.seconds() >= 0 && run.seconds() < 60, () -> "" + run);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whatIsNotOnThePathIsNotThere() {
    assertTrue(ProcessClock.has("ls"));
    assertFalse(ProcessClock.has("no-such-command-of-ours"));
  }
}
