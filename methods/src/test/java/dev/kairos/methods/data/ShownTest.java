// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ShownTest {
  @Test
  void aShortTextIsShownAsItIs() {
    assertEquals("", Shown.of(""));
    assertEquals("Läufe, 走る", Shown.of("Läufe, 走る"));
    assertEquals("x".repeat(80), Shown.of("x".repeat(80)));
  }

  @Test
  void aLongOneIsCut() {
    assertEquals("x".repeat(80) + "...", Shown.of("x".repeat(100_000)));
    String faces = "\uD83D\uDE00".repeat(60);
    assertEquals("x" + faces.substring(0, 78) + "...", Shown.of("x" + faces));
  }

  @Test
  void severalLinesBecomeOne() {
    assertEquals("a?b?c?d", Shown.of("a\nb\u0000c\u2028d"));
  }
}
