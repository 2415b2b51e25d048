// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.kernels.Philox;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.files.Plural;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.settings.ConfigException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Draws the recordings to hold out: whole subjects where recordings say of whom they are, or single
 * recordings.
 */
final class HeldOutDraw {
  private final double share;
  private final boolean bySubject;

  /**
   * A draw.
   *
   * @param share of the recordings, in (0, 1)
   * @param bySubject whether recordings of a subject stay together; one without a subject stands
   *     for itself
   */
  HeldOutDraw(double share, boolean bySubject) {
    this.share = share;
    this.bySubject = bySubject;
  }

  /**
   * Some recordings, in the order of the data set; of those with annotated actions if there are.
   *
   * @param all recordings to train on
   * @throws ConfigException if none would be left on one side
   */
  List<Recording> of(List<Recording> all, RandomKey key) {
    List<List<Recording>> order = new ArrayList<>(units(all));
    if (order.size() < 2) {
      throw tooFew(all);
    }
    RandomGenerator random = Philox.generator(key);
    for (int i = order.size() - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      List<Recording> swapped = order.get(i);
      order.set(i, order.get(other));
      order.set(other, swapped);
    }
    order.sort(Comparator.comparing(HeldOutDraw::isBare)); // stable
    long wanted = Math.max(1, Math.min(all.size() - 1L, Math.round(share * all.size())));
    Set<String> chosen = new HashSet<>();
    for (List<Recording> unit : order.subList(0, order.size() - 1)) {
      long over = chosen.size() + unit.size() - wanted; // no further off than without it
      if (chosen.isEmpty() || over <= wanted - chosen.size()) {
        unit.forEach(recording -> chosen.add(recording.id()));
      }
    }
    return all.stream().filter(recording -> chosen.contains(recording.id())).toList();
  }

  private static boolean isBare(List<Recording> unit) {
    return unit.stream().allMatch(recording -> recording.instances().isEmpty());
  }

  private List<List<Recording>> units(List<Recording> all) {
    Map<String, List<Recording>> units = new LinkedHashMap<>();
    for (Recording recording : all) {
      String name =
          bySubject && !recording.subject().isEmpty()
              ? "subject " + recording.subject()
              : "recording " + recording.id();
      units.computeIfAbsent(name, key -> new ArrayList<>()).add(recording);
    }
    return List.copyOf(units.values());
  }

  private static ConfigException tooFew(List<Recording> all) {
    if (all.size() < 2) {
      return new ConfigException(
          "KCONF-003",
          "train.heldOut: needs two recordings to train on, found " + all.size(),
          "hold out a subset instead, or nothing: train.evaluateEvery=0, train.evaluations=0");
    }
    return new ConfigException(
        "KCONF-003",
        "train.heldOut: all %s to train on are of one subject, %s, which cannot be parted"
            .formatted(
                Plural.of(all.size(), "recording"), "'" + Shown.of(all.get(0).subject()) + "'"),
        "--set train.heldOutBy=recording draws recordings, or hold out a subset");
  }

  /** What was drawn, in words. */
  String described(List<Recording> drawn) {
    Set<String> subjects =
        drawn.stream()
            .map(Recording::subject)
            .filter(subject -> !subject.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    String what = "%s of train (%s)".formatted(Plural.of(drawn.size(), "recording"), share);
    return bySubject && !subjects.isEmpty()
        ? what + ", all of " + Plural.of(subjects.size(), "subject") + ": " + Shown.some(subjects)
        : what + ", drawn one by one";
  }
}
