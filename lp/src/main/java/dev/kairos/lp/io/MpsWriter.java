// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import dev.kairos.lp.LinearProgram;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;

/** Writes one program in free layout. */
final class MpsWriter {
  private static final String OBJECTIVE = "OBJ";

  private final LinearProgram lp;
  private final boolean maximize;
  private final String[] rows;
  private final String[] columns;

  MpsWriter(MpsProblem problem) {
    lp = problem.program();
    maximize = problem.maximize();
    UsableNames.requireOrdered(lp);
    rows = UsableNames.ofRows(lp, MpsWriter::fits);
    columns = UsableNames.ofColumns(lp, MpsWriter::fits);
  }

  /** Whether a name is one word that no reader takes for something else. */
  static boolean fits(String name) {
    return !name.equals(OBJECTIVE)
        && MpsFields.words(name).size() == 1
        && name.chars().noneMatch(c -> c <= ' ')
        && !name.startsWith("$")
        && !name.equals("'MARKER'");
  }

  void write(Path file) throws IOException {
    WholeFile.write(file, this::sections);
  }

  private void sections(Writer out) throws IOException {
    out.write("NAME " + lp.name().replaceAll("\\s+", " ") + "\n");
    if (maximize) {
      out.write("OBJSENSE\n    MAX\n");
    }
    out.write("ROWS\n N  " + OBJECTIVE + "\n");
    for (int i = 0; i < rows.length; i++) {
      out.write(" " + type(i) + "  " + rows[i] + "\n");
    }
    out.write("COLUMNS\n");
    for (int j = 0; j < columns.length; j++) {
      column(out, j);
    }
    out.write("RHS\n");
    if (lp.offset() != 0) {
      line(out, "RHS", OBJECTIVE, maximize ? lp.offset() : -lp.offset());
    }
    for (int i = 0; i < rows.length; i++) {
      double b = type(i) == 'L' ? lp.rowUpper(i) : lp.rowLower(i);
      if (b != 0) {
        line(out, "RHS", rows[i], finite(b));
      }
    }
    ranges(out);
    bounds(out);
    out.write("ENDATA\n");
  }

  private char type(int i) {
    if (lp.rowLower(i) == lp.rowUpper(i)) {
      return 'E';
    }
    boolean below = lp.rowLower(i) == Double.NEGATIVE_INFINITY;
    return below && lp.rowUpper(i) != Double.POSITIVE_INFINITY ? 'L' : 'G';
  }

  private void column(Writer out, int j) throws IOException {
    double cost = lp.cost(j);
    if (cost != 0 || lp.start(j) == lp.start(j + 1)) { // a column without entries must be seen
      line(out, columns[j], OBJECTIVE, maximize ? 0 - cost : cost);
    }
    for (int k = lp.start(j); k < lp.start(j + 1); k++) {
      line(out, columns[j], rows[lp.entryRow(k)], lp.entryValue(k));
    }
  }

  private void ranges(Writer out) throws IOException {
    boolean begun = false;
    for (int i = 0; i < rows.length; i++) {
      double width = lp.rowUpper(i) - lp.rowLower(i);
      if (width > 0 && width < Double.POSITIVE_INFINITY) {
        out.write(begun ? "" : "RANGES\n");
        begun = true;
        line(out, "RNG", rows[i], width);
      }
    }
  }

  private void bounds(Writer out) throws IOException {
    boolean begun = false;
    for (int j = 0; j < columns.length; j++) {
      double lower = lp.lower(j);
      double upper = lp.upper(j);
      if (lower == 0 && upper == Double.POSITIVE_INFINITY) {
        continue;
      }
      out.write(begun ? "" : "BOUNDS\n");
      begun = true;
      if (lower == upper) {
        line(out, " FX BND", columns[j], lower);
        continue;
      }
      if (lower == Double.NEGATIVE_INFINITY) {
        out.write(" MI BND " + columns[j] + "\n");
      } else if (lower != 0 || upper < 0) {
        line(out, " LO BND", columns[j], lower);
      }
      if (upper != Double.POSITIVE_INFINITY) {
        line(out, " UP BND", columns[j], upper);
      }
    }
  }

  private static double finite(double bound) {
    return Math.max(-1e30, Math.min(1e30, bound));
  }

  private static void line(Writer out, String first, String second, double value)
      throws IOException {
    String number = WholeFile.number(value);
    out.write((first.startsWith(" ") ? "" : "    ") + first + " " + second + " " + number + "\n");
  }
}
