// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Recordings by id and by subset: by what the annotations call it, and by what it is used for. */
final class SubsetTable {
  private final Map<String, Recording> original; // with the subsets of the annotations
  private final Map<String, Recording> named; // with those that methods ask for
  private final String note;

  private SubsetTable(Map<String, Recording> original, SubsetChoice choice) {
    this.original = original;
    this.named = choice.named(original);
    this.note = choice.note(original.values());
  }

  /**
   * A table.
   *
   * @param features what they are of, for messages
   */
  static SubsetTable of(
      Features features, AnnotationRules rules, Map<String, Recording> recordings) {
    return new SubsetTable(
        recordings, SubsetChoice.of(features.annotations(), rules, recordings.values()));
  }

  /** The recordings as the annotations have them. */
  Map<String, Recording> original() {
    return original;
  }

  /** The recordings with the subsets {@link Dataset#TRAIN} and {@link Dataset#TEST}, by id. */
  Map<String, Recording> named() {
    return named;
  }

  /** What was taken as what without being asked, a sentence each. */
  List<String> notes() {
    return note.isEmpty() ? List.of() : List.of(note);
  }

  /** The names of the subsets, sorted. */
  Set<String> subsets() {
    return names(named.values());
  }

  static Set<String> names(Collection<Recording> recordings) {
    return recordings.stream()
        .map(Recording::subset)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The recordings of a subset, or of several with commas between them; none if there is none. */
  List<Recording> members(String name) {
    List<Recording> members = in(named, Set.of(name));
    return members.isEmpty() ? in(original, Set.of(name.split(",", -1))) : members;
  }

  private List<Recording> in(Map<String, Recording> all, Set<String> names) {
    return all.values().stream()
        .filter(recording -> names.contains(recording.subset()))
        .map(recording -> named.getOrDefault(recording.id(), recording))
        .toList();
  }

  /** The recordings to learn from, some of them to score on instead. */
  Map<String, Recording> parted(Set<String> ids) {
    Map<String, Recording> parted = new LinkedHashMap<>();
    for (Recording recording : named.values()) {
      boolean isTrain = recording.subset().equals(Dataset.TRAIN);
      String part = ids.contains(recording.id()) ? Dataset.TEST : Dataset.TRAIN;
      parted.put(recording.id(), recording.withSubset(isTrain ? part : SubsetChoice.UNUSED));
    }
    return parted;
  }
}
