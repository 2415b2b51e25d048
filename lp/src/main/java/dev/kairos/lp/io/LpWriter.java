// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import dev.kairos.lp.LinearProgram;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;

/** Writes one program in LP format; the objective has all columns, so that their order is kept. */
final class LpWriter {
  private static final int TERMS_PER_LINE = 6;
  private static final String WORD = "\\S+";

  private final LinearProgram lp;
  private final boolean maximize;
  private final String[] rows;
  private final String[] columns;

  LpWriter(MpsProblem problem) {
    lp = problem.program();
    maximize = problem.maximize();
    UsableNames.requireOrdered(lp);
    rows = UsableNames.ofRows(lp, LpWriter::fits);
    columns = UsableNames.ofColumns(lp, LpWriter::fits);
  }

  private static boolean fits(String name) {
    LpTokens.Token none = new LpTokens.Token(LpTokens.Kind.NONE, "", 0, 0, true);
    return name.matches(WORD)
        && name.chars().noneMatch(c -> LpTokens.delimits((char) c))
        && !name.matches("[0-9.].*|[eE][0-9].*|[fF][rR][eE][eE]")
        && !LpTokens.infinity(name)
        && LpSection.of(name, none) == null;
  }

  void write(Path file) throws IOException {
    WholeFile.write(file, this::sections);
  }

  private void sections(Writer out) throws IOException {
    if (!lp.name().isBlank()) {
      out.write("\\ " + lp.name().replaceAll("\\s+", " ").strip() + "\n");
    }
    out.write(maximize ? "Maximize\n obj:" : "Minimize\n obj:");
    Terms objective = new Terms(out);
    for (int j = 0; j < columns.length; j++) {
      objective.add(maximize ? 0 - lp.cost(j) : lp.cost(j), columns[j]);
    }
    if (lp.offset() != 0 || columns.length == 0) {
      objective.add(maximize ? 0 - lp.offset() : lp.offset(), "");
    }
    out.write("\nSubject To\n");
    rows(out);
    out.write("Bounds\n");
    for (int j = 0; j < columns.length; j++) {
      bounds(out, columns[j], lp.lower(j), lp.upper(j));
    }
    out.write("End\n");
  }

  private void rows(Writer out) throws IOException {
    int[] start = new int[rows.length + 1];
    for (int k = 0; k < lp.entries(); k++) {
      start[lp.entryRow(k) + 1]++;
    }
    for (int i = 0; i < rows.length; i++) {
      start[i + 1] += start[i];
    }
    int[] next = start.clone();
    int[] column = new int[lp.entries()];
    double[] value = new double[lp.entries()];
    for (int j = 0; j < columns.length; j++) {
      for (int k = lp.start(j); k < lp.start(j + 1); k++) {
        int place = next[lp.entryRow(k)]++;
        column[place] = j;
        value[place] = lp.entryValue(k);
      }
    }
    for (int i = 0; i < rows.length; i++) {
      double low = lp.rowLower(i);
      double high = lp.rowUpper(i);
      boolean between = low != high && !Double.isInfinite(low) && !Double.isInfinite(high);
      out.write(" " + rows[i] + ":" + (between ? " " + number(low) + " <=" : ""));
      Terms terms = new Terms(out);
      for (int k = start[i]; k < start[i + 1]; k++) {
        terms.add(value[k], columns[column[k]]);
      }
      if (start[i] == start[i + 1]) {
        terms.add(0, columns.length == 0 ? "" : columns[0]);
      }
      out.write(side(low, high) + "\n");
    }
  }

  private static String side(double low, double high) {
    if (low == high) {
      return " = " + number(low);
    }
    return Double.isInfinite(high) ? " >= " + number(low) : " <= " + number(high);
  }

  private static void bounds(Writer out, String name, double low, double high) throws IOException {
    if (low == 0 && high == Double.POSITIVE_INFINITY) {
      return;
    }
    if (Double.isInfinite(low) && Double.isInfinite(high)) {
      out.write(" " + name + " free\n");
    } else if (low == high) {
      out.write(" " + name + " = " + number(low) + "\n");
    } else if (Double.isInfinite(high)) {
      out.write(" " + name + " >= " + number(low) + "\n");
    } else {
      out.write(" " + number(low) + " <= " + name + " <= " + number(high) + "\n");
    }
  }

  private static String number(double value) {
    return Double.isInfinite(value) ? (value > 0 ? "+inf" : "-inf") : WholeFile.number(value);
  }

  /** Terms with signs between them, and a sign at the end of each line but the last. */
  private static final class Terms {
    private final Writer out;
    private int count;

    Terms(Writer out) {
      this.out = out;
    }

    void add(double value, String column) throws IOException {
      boolean negative = value < 0;
      if (count > 0 || negative) {
        out.write(negative ? " -" : " +");
      }
      out.write(count > 0 && count % TERMS_PER_LINE == 0 ? "\n  " : " ");
      out.write(WholeFile.number(Math.abs(value)) + (column.isEmpty() ? "" : " " + column));
      count++;
    }
  }
}
