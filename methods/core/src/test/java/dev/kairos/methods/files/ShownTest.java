// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
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

  @Test
  void ofManyNamesTheFirstAreListed() {
    assertEquals("a, b", Shown.some(List.of("a", "b")));
    assertEquals("", Shown.some(List.of()));
    List<String> many = IntStream.range(0, 13).mapToObj(Integer::toString).toList();
    assertEquals("0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 3 more", Shown.some(many));
  }
}
