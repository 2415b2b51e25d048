// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchVerbTest {
  @Test
  void jsonIsThatOfTheContract() throws IOException {
    Run run = Run.of("bench", "--quick", "--json");
    assertEquals(0, run.code(), run.err());
    JsonNode found = new ObjectMapper().readTree(run.out());
    assertTrue(found.get("peak_gflops").asDouble() > 0, run.out());
    for (String part : List.of("matmul", "conv1d", "step")) {
      assertFalse(found.get(part).isEmpty(), part);
      for (JsonNode line : found.get(part)) {
        assertTrue(line.get("threads").asInt() > 0, line.toString());
        assertTrue(line.get("gflops").asDouble() > 0, line.toString());
      }
    }
    assertEquals(512, found.at("/matmul/0/m").asInt());
    assertEquals("basnet", found.at("/step/0/method").asText());
    assertTrue(found.at("/step/0/ms").asDouble() > 0, run.out());
    for (String n : List.of("3", "10", "30")) {
      assertTrue(found.get("linpro_us").get(n).asDouble() > 0, n);
    }
    assertFalse(found.get("kairos").asText().isEmpty());
    assertTrue(found.has("commit") && found.get("flags").isArray(), run.out());
    assertFalse(Instant.parse(found.get("date").asText()).isAfter(Instant.now()));
    assertFalse(found.get("jdk").asText().isEmpty());
    assertFalse(found.get("cpu").asText().isEmpty());
    assertTrue(found.get("lanes").asInt() > 0, run.out());
  }
}
