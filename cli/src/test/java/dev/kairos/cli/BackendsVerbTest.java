// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackendsVerbTest {
  @Test
  void jsonIsThatOfTheContract() throws IOException {
    Run run = Run.of("backends", "--json");
    assertEquals(0, run.code(), run.err());
    JsonNode found = new ObjectMapper().readTree(run.out());
    assertEquals("cpu", found.get("default").asText());
    List<String> names = new ArrayList<>();
    for (JsonNode entry : found.get("backends")) {
      names.add(entry.get("name").asText());
      assertFalse(entry.get("reason").asText().isEmpty());
      boolean available = entry.get("available").asBoolean();
      assertEquals(available, entry.get("lanes").asInt() > 0, entry.toString());
      assertEquals(available, entry.get("threads").asInt() > 0, entry.toString());
      assertEquals(available, entry.get("devices").size() > 0, entry.toString());
    }
    assertEquals("cpu", names.get(0));
    assertTrue(names.containsAll(List.of("simd", "scalar", "reference")), names.toString());
  }

  @Test
  void theListNamesTheDefault() {
    Run run = Run.of("backends");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().startsWith("cpu *"), run.out());
  }
}
