// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Parts of recordings for cross-validation. All recordings of a subject are in one part. */
public final class Folds {
  private Folds() {}

  /**
   * Parts of about one size, the same in every call: subjects by descending number of recordings,
   * of equals by name, each to the part that has fewest. A recording without a subject is one by
   * itself.
   *
   * @param count at least 2
   * @return the ids of each part
   * @throws IllegalArgumentException if there are fewer subjects than parts
   */
  public static List<Set<String>> of(Collection<Recording> recordings, int count) {
    if (count < 2) {
      throw new IllegalArgumentException("folds: needs at least 2: " + count);
    }
    Map<String, List<String>> subjects = subjects(recordings);
    if (subjects.size() < count) {
      throw new IllegalArgumentException(
          "folds: %d of %d subjects or recordings without one".formatted(count, subjects.size()));
    }
    List<List<String>> ordered = new ArrayList<>(subjects.values());
    ordered.sort(Comparator.comparingInt((List<String> ids) -> ids.size()).reversed());
    List<Set<String>> folds = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      folds.add(new HashSet<>());
    }
    for (List<String> ids : ordered) {
      folds.stream().min(Comparator.comparingInt(Set::size)).orElseThrow().addAll(ids);
    }
    return folds;
  }

  /** A part for each subject, by name. */
  public static List<Set<String>> bySubject(Collection<Recording> recordings) {
    return subjects(recordings).values().stream().map(ids -> Set.copyOf(ids)).toList();
  }

  private static Map<String, List<String>> subjects(Collection<Recording> recordings) {
    Map<String, List<String>> subjects = new TreeMap<>();
    for (Recording recording : recordings) {
      String name =
          recording.subject().isEmpty()
              ? "recording " + recording.id()
              : "subject " + recording.subject();
      subjects.computeIfAbsent(name, key -> new ArrayList<>()).add(recording.id());
    }
    return subjects;
  }
}
