// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuiteOptionsTest {
  @Test
  void quickIsTheDefault() {
    SuiteOptions options = SuiteOptions.parse();
    assertEquals(3, options.rounds());
    assertEquals(Plan.quick(), options.matches());
    assertTrue(options.name().endsWith("-quick"), options.name());
  }

  @Test
  void onlySelectsByTitle() {
    SuiteOptions options =
        SuiteOptions.parse("full", "--only", "^RskpBlock.* 1 thread", "--rounds", "7");
    assertEquals(7, options.rounds());
    assertEquals(1, options.matches().size());
    assertEquals("RskpBlock 400x2048, 1 thread", options.matches().get(0).title());
  }

  @ParameterizedTest
  @ValueSource(strings = {"slow", "--rounds", "--rounds 0", "--rounds many", "--depth 3"})
  void refuses(String arguments) {
    assertThrows(IllegalArgumentException.class, () -> SuiteOptions.parse(arguments.split(" ")));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void theScriptShowsTheSameHelpWithoutBuilding() throws Exception {
    for (String word : new String[] {"--help", "-h", "help"}) {
      Process run = new ProcessBuilder("sh", "run", word).redirectErrorStream(true).start();
      String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, run.waitFor());
      assertTrue(said.startsWith(SuiteOptions.USAGE + "\n" + LpSuite.USAGE + "\n"), said);
      assertTrue(said.contains("bench/run matrix ") && said.contains("bench/run jar\n"), said);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"quick", "full", "published", "own"})
  void everyMatchHasOursFirstAndAppearsOnce(String plan) {
    var matches = SuiteOptions.parse(plan).matches();
    assertFalse(matches.isEmpty());
    assertEquals(matches.size(), new HashSet<>(matches).size());
    matches.forEach(match -> assertEquals(Peers.KAIROS, match.peers().get(0), match.title()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "4x", "4x-3x2", "4x3", "4x3x2x1", "a"})
  void refusesSizes(String text) {
    assertThrows(IllegalArgumentException.class, () -> Sizes.parse(text, 3));
  }
}
