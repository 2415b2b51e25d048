// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which lines of RHS, RANGES or BOUNDS count: those of the first set. A line without a name goes on
 * with the set of the line before it, so a name on the first line alone is enough, and so is none.
 */
final class MpsSet {
  private static final int MOST_NAMES = 3;

  private final String section;
  private final Set<String> leftOut = new LinkedHashSet<>();
  private String first = "";
  private String now = "";
  private int skipped;

  MpsSet(String section) {
    this.section = section;
  }

  /** Whether what stands under this name, or under none, counts. */
  boolean counts(String name) {
    if (first.isEmpty()) {
      first = name;
    }
    if (!name.isEmpty()) {
      now = name;
    }
    if (now.equals(first)) {
      return true;
    }
    skipped++;
    if (leftOut.size() <= MOST_NAMES) {
      leftOut.add(now);
    }
    return false;
  }

  /** What has been left out, in a sentence, or nothing. */
  List<String> notes() {
    if (skipped == 0) {
      return List.of();
    }
    List<String> names = leftOut.stream().limit(MOST_NAMES).map(MpsContent::shown).toList();
    String more = leftOut.size() > MOST_NAMES ? " and others" : "";
    return List.of(
        "of the sets in %s only the first, %s, counts; left out: %s%s (%d value%s)"
            .formatted(
                section,
                MpsContent.shown(first),
                String.join(", ", names),
                more,
                skipped,
                skipped == 1 ? "" : "s"));
  }
}
