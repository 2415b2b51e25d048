// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingsTest {
  private static final Path FILE = Path.of("data", "annotations.json");
  private final Findings findings = new Findings();

  private static Finding wrong(int line, String problem) {
    return Finding.fatal("KDATA-112", FILE, "line " + line + ": ", problem, "mend it");
  }

  @Test
  void namesAndNumbersMakeNoKind() {
    findings.add(wrong(1, "'a' ends at 3.5"));
    findings.add(wrong(2, "'b' ends at -4"));
    findings.add(wrong(3, "'c' begins at 4"));
    List<DatasetProblem> problems = findings.problems();
    assertEquals(2, problems.size());
    assertEquals(
        "KDATA-112: " + FILE + ": line 1: 'a' ends at 3.5 (and 1 more such: line 2) (mend it)",
        problems.get(0).toString());
    assertEquals(2, problems.get(0).count());
  }

  @Test
  void placesAreListedAsFarAsAPersonReads() {
    for (int line = 1; line <= 100_000; line++) {
      findings.add(wrong(line, "is wrong"));
    }
    assertEquals(
        "KDATA-112: "
            + FILE
            + ": line 1: is wrong (and 99999 more such: line 2, line 3, line 4, line 5, line 6, ..)"
            + " (mend it)",
        findings.problems().get(0).toString());
  }

  @Test
  void kindsBeyondThoseListedAreCounted() {
    for (int i = 0; i < 70; i++) {
      findings.add(Finding.warning("KDATA-136", FILE, "", "odd " + "x".repeat(i), ""));
    }
    List<DatasetProblem> problems = findings.problems();
    assertEquals(Findings.MOST_KINDS + 1, problems.size());
    DatasetProblem last = problems.get(Findings.MOST_KINDS);
    assertTrue(last.message().startsWith("and 20 problems of other kinds"), last.toString());
    assertFalse(last.fatal());
    findings.add(wrong(1, "is wrong")); // one of those that are not listed stops the training
    assertTrue(findings.problems().get(Findings.MOST_KINDS).fatal());
  }
}
