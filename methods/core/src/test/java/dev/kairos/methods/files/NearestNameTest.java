// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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

  @Test
  void aBoundOnTheWorkChangesNoAnswer() {
    SplittableRandom random = new SplittableRandom(23);
    for (int round = 0; round < 20_000; round++) {
      List<String> known = new ArrayList<>();
      for (int n = random.nextInt(6); n >= 0; n--) {
        known.add(word(random));
      }
      String name = word(random);
      assertEquals(plainly(name, known), NearestName.among(name, known), name + " in " + known);
    }
  }

  private static String word(SplittableRandom random) {
    StringBuilder word = new StringBuilder();
    for (int n = random.nextInt(9); n > 0; n--) {
      word.append((char) ('a' + random.nextInt(3)));
    }
    return word.toString();
  }

  /** The definition: every distance in full. */
  private static Optional<String> plainly(String name, List<String> known) {
    Optional<String> nearest = Optional.empty();
    int fewest = Integer.MAX_VALUE;
    for (String candidate : known) {
      int edits = distance(name, candidate);
      int most = Math.max(1, Math.max(name.length(), candidate.length()) / 3);
      if (edits < fewest && edits <= most) {
        fewest = edits;
        nearest = Optional.of(candidate);
      }
    }
    return nearest;
  }

  private static int distance(String a, String b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.length() + b.length();
    }
    String a1 = a.substring(1);
    String b1 = b.substring(1);
    if (a.charAt(0) == b.charAt(0)) {
      return distance(a1, b1);
    }
    int least = 1 + Math.min(distance(a1, b1), Math.min(distance(a1, b), distance(a, b1)));
    boolean swapped =
        !a1.isEmpty() && !b1.isEmpty() && a.charAt(0) == b.charAt(1) && a.charAt(1) == b.charAt(0);
    return swapped ? Math.min(least, 1 + distance(a.substring(2), b.substring(2))) : least;
  }

  @Test
  @Timeout(60) // without bounds it took minutes
  void thousandsOfLongNamesAreNoWork() {
    List<String> known = new ArrayList<>();
    for (int i = 0; i < 200_000; i++) {
      known.add("x".repeat(60) + i);
    }
    for (int i = 0; i < 50; i++) {
      assertEquals(Optional.empty(), NearestName.among("y".repeat(60) + i, known));
      assertEquals(Optional.empty(), NearestName.among("y".repeat(1_000_000), known));
    }
  }
}
