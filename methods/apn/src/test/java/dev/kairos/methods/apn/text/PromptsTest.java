// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.settings.ConfigException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptsTest {
  @Test
  void fillEverySlot() {
    Prompts prompts = new Prompts(List.of("{} and {}", "a {}.", "{" + "} $1\\"));
    assertEquals(List.of("run and run", "a run.", "run $1\\"), prompts.of("run"));
    assertEquals(List.of("{} and {}", "a {}.", "{} $1\\"), prompts.of("{}"));
  }

  @Test
  void refuseSentencesThatAreAlikeForAllClasses() {
    ConfigException none = assertThrows(ConfigException.class, () -> new Prompts(List.of()));
    assertEquals("KCONF-003", none.code());
    ConfigException bare =
        assertThrows(ConfigException.class, () -> new Prompts(List.of("{}", "an action")));
    assertTrue(String.valueOf(bare.getMessage()).contains("'an action'"), bare.getMessage());
  }
}
