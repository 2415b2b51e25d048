// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestNameTest {
  private static final List<String> KNOWN = List.of("stride", "streams", "HighJump", "fps");

  @Test
  void findsTheFewestEdits() {
    assertEquals(Optional.of("stride"), NearestName.among("strid", KNOWN));
    assertEquals(Optional.of("streams"), NearestName.among("stream", KNOWN));
    assertEquals(Optional.of("HighJump"), NearestName.among("highjump", KNOWN));
    assertEquals(Optional.of("HighJump"), NearestName.among("High Jump", KNOWN));
    assertEquals(Optional.of("fps"), NearestName.among("fpss", KNOWN));
    assertEquals(Optional.of("width"), NearestName.among("widht", List.of("name", "width")));
  }

  @Test
  void staysSilentWhenNothingIsNear() {
    assertEquals(Optional.empty(), NearestName.among("width", KNOWN));
    assertEquals(Optional.empty(), NearestName.among("", KNOWN));
    assertEquals(Optional.empty(), NearestName.among("x".repeat(10_000), KNOWN));
  }
}
