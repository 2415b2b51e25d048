// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FoldsTest {
  private static Recording of(String id, String subject) {
    return new Recording(id, "train", 9, Double.NaN, subject, List.of(), Set.of("A"), List.of());
  }

  @Test
  void everyRecordingIsInOnePartWithItsSubject() {
    List<Recording> recordings = new ArrayList<>();
    for (int i = 0; i < 23; i++) {
      recordings.add(of("r" + i, i < 20 ? "s" + i % 6 : ""));
    }
    List<Set<String>> folds = Folds.of(recordings, 4);
    assertEquals(folds, Folds.of(recordings, 4));
    Set<String> all = new HashSet<>();
    for (Set<String> fold : folds) {
      assertTrue(fold.size() >= 4 && fold.size() <= 8, folds::toString);
      assertTrue(fold.stream().allMatch(all::add), folds::toString);
      for (Recording recording : recordings) {
        boolean isHere = fold.contains(recording.id());
        long others =
            recordings.stream()
                .filter(other -> !other.subject().isEmpty())
                .filter(other -> other.subject().equals(recording.subject()))
                .filter(other -> fold.contains(other.id()) != isHere)
                .count();
        assertEquals(0, others, recording.id());
      }
    }
    assertEquals(23, all.size());
    assertEquals(9, Folds.bySubject(recordings).size());
  }

  @Test
  void tooFewAreRefused() {
    List<Recording> two = List.of(of("a", "x"), of("b", "x"));
    assertThrows(IllegalArgumentException.class, () -> Folds.of(two, 2));
    assertThrows(IllegalArgumentException.class, () -> Folds.of(two, 1));
  }
}
