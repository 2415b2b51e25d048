// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.methods.files.Plural;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was found wrong, put together by kind as it comes: a kind is one problem with its first
 * finding, the places of some more, and how many there are. So a folder of a thousand files that
 * have one mistake in common is one line, and memory is bounded.
 */
final class Findings {
  /** Kinds that are listed at most; one more line then counts the rest. */
  static final int MOST_KINDS = 50;

  private static final int MOST_PLACES = 6;

  private final Map<String, Group> groups = new LinkedHashMap<>();
  private int left; // findings of kinds beyond those listed
  private boolean leftFatal;

  private static final class Group {
    final Finding first;
    final List<String> more = new ArrayList<>();
    int count = 1;

    Group(Finding first) {
      this.first = first;
    }

    DatasetProblem problem() {
      String others = "";
      if (count > 1) {
        String unlisted = count - 1 > more.size() ? ", .." : "";
        others = " (and " + (count - 1) + " more such: " + String.join(", ", more) + unlisted + ")";
      }
      return new DatasetProblem(
          first.fatal(), first.code(), first.message() + others, first.fix(), count);
    }
  }

  void add(Finding finding) {
    add(finding.kind(), finding);
  }

  /** The same for a kind that the words do not tell. */
  void add(String kind, Finding finding) {
    Group group = groups.get(kind);
    if (group != null) {
      group.count++;
      if (group.more.size() < MOST_PLACES - 1) {
        group.more.add(finding.where());
      }
    } else if (groups.size() < MOST_KINDS) {
      groups.put(kind, new Group(finding));
    } else {
      left++;
      leftFatal |= finding.fatal();
    }
  }

  /** Whether something is wrong in a file, at which training would stop. */
  boolean anyFatalIn(Path file) {
    return groups.values().stream()
        .anyMatch(group -> group.first.fatal() && group.first.file().equals(file));
  }

  /** In the order in which each kind was first found. */
  List<DatasetProblem> problems() {
    List<DatasetProblem> problems = new ArrayList<>();
    groups.values().forEach(group -> problems.add(group.problem()));
    if (left > 0) {
      String rest = "and " + Plural.of(left, "problem") + " of other kinds";
      problems.add(new DatasetProblem(leftFatal, "KDATA-136", rest, "", left));
    }
    return List.copyOf(problems);
  }
}
