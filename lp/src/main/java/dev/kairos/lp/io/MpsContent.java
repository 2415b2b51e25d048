// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.LinearProgramBuilder;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What has been read of a file so far, by name; becomes a program at the end. */
final class MpsContent {
  private static final int MOST_LINES = 5_000_000;
  private static final int MOST_ENTRIES = 50_000_000;
  private static final int OBJECTIVE = -2;
  private static final int LEFT_OUT = -3;
  private static final int UNKNOWN = -1;

  /** What a line says that cannot be; the reader adds the place. */
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String code;
    private final String words;

    Refusal(String code, String words) {
      super(words, null, false, false);
      this.code = code;
      this.words = words;
    }

    String code() {
      return code;
    }

    String words() {
      return words;
    }
  }

  private final Object2IntOpenHashMap<String> rows = new Object2IntOpenHashMap<>();
  private final Object2IntOpenHashMap<String> columns = new Object2IntOpenHashMap<>();
  private final List<String> rowNames = new ArrayList<>();
  private final List<String> columnNames = new ArrayList<>();
  private final StringBuilder rowTypes = new StringBuilder();
  private final DoubleArrayList rightHandSides = new DoubleArrayList();
  private final DoubleArrayList ranges = new DoubleArrayList();
  private final DoubleArrayList costs = new DoubleArrayList();
  private final MpsBounds bounds = new MpsBounds();
  private final IntArrayList entryRow = new IntArrayList();
  private final IntArrayList entryColumn = new IntArrayList();
  private final DoubleArrayList entryValue = new DoubleArrayList();
  private final IntArrayList lastColumnOfRow = new IntArrayList();
  private final Set<String> seen = new HashSet<>();
  private final MpsSet rightHandSideSet = new MpsSet("RHS");
  private final MpsSet rangeSet = new MpsSet("RANGES");
  private final MpsSet boundSet = new MpsSet("BOUNDS");
  private String name = "";
  private String objective = "";
  private String wantedObjective = "";
  private double offset;
  private boolean maximize;
  private boolean integer;
  private int lastCost = UNKNOWN;

  MpsContent() {
    rows.defaultReturnValue(UNKNOWN);
    columns.defaultReturnValue(UNKNOWN);
  }

  void name(String problem) {
    name = problem;
  }

  void sense(String word) {
    switch (word.toUpperCase(Locale.ROOT)) {
      case "MAX", "MAXIMIZE", "MAXIMISE" -> maximize = true;
      case "MIN", "MINIMIZE", "MINIMISE" -> maximize = false;
      default -> throw new Refusal("KLP-001", "expected MAX or MIN, found " + shown(word));
    }
  }

  void row(String type, String row) {
    String kind = type.toUpperCase(Locale.ROOT);
    if (kind.length() != 1 || "NLGE".indexOf(kind.charAt(0)) < 0) {
      throw new Refusal("KLP-001", "expected a row of type N, L, G or E, found " + shown(type));
    }
    boolean free = kind.equals("N");
    boolean chosen = wantedObjective.isEmpty() ? objective.isEmpty() : row.equals(wantedObjective);
    int number = !free ? rowNames.size() : chosen ? OBJECTIVE : LEFT_OUT;
    if (row.isEmpty() || rows.putIfAbsent(row, number) != UNKNOWN) {
      throw new Refusal("KLP-004", "row " + shown(row) + " is given twice");
    }
    if (number == OBJECTIVE) {
      objective = row;
    } else if (number >= 0) {
      rowNames.add(row);
      rowTypes.append(kind);
      rightHandSides.add(0);
      ranges.add(Double.NaN);
      lastColumnOfRow.add(UNKNOWN);
    }
    limit(rows.size(), MOST_LINES, "rows");
  }

  /** Chooses among the N rows. */
  void objectiveName(String row) {
    if (!columnNames.isEmpty()) {
      throw new Refusal("KLP-001", "OBJNAME must stand before COLUMNS");
    }
    wantedObjective = row;
    int number = rows.getInt(row);
    if (!objective.isEmpty() && (number == OBJECTIVE || number == LEFT_OUT)) {
      rows.put(objective, LEFT_OUT);
      rows.put(row, OBJECTIVE);
      objective = row;
    } else {
      objective = ""; // not among the rows read so far
    }
  }

  void rowsComplete() {
    if (objective.isEmpty() && !wantedObjective.isEmpty()) {
      throw new Refusal(
          "KLP-003", "OBJNAME says " + shown(wantedObjective) + ", which is no N row");
    }
    if (objective.isEmpty()) {
      throw new Refusal("KLP-001", "no ROWS section with an N row before the columns");
    }
  }

  void marker(String word) {
    switch (word) {
      case "'INTORG'" -> integer = true;
      case "'INTEND'" -> integer = false;
      default -> throw new Refusal("KLP-007", "unknown marker " + shown(word));
    }
  }

  void entry(String column, String row, double value) {
    int j = columnNames.size() - 1;
    if (j < 0 || !columnNames.get(j).equals(column)) {
      j = columnNames.size();
      if (columns.putIfAbsent(column, j) != UNKNOWN) {
        throw new Refusal("KLP-004", "column " + shown(column) + " is given twice");
      }
      columnNames.add(column);
      costs.add(0);
      bounds.add(integer);
      limit(j, MOST_LINES, "columns");
    }
    int i = known(row);
    if (i == LEFT_OUT) {
      return;
    }
    int before = i == OBJECTIVE ? lastCost : lastColumnOfRow.getInt(i);
    if (before == j) {
      throw new Refusal("KLP-004", "column " + shown(column) + " has row " + shown(row) + " twice");
    }
    if (i == OBJECTIVE) {
      lastCost = j;
      costs.set(j, value);
    } else {
      lastColumnOfRow.set(i, j);
      entryRow.add(i);
      entryColumn.add(j);
      entryValue.add(value);
      limit(entryRow.size(), MOST_ENTRIES, "entries");
    }
  }

  void rightHandSide(String set, String row, double value) {
    int i = known(row);
    if (rightHandSideSet.counts(set) && i != LEFT_OUT) {
      once("RHS", row);
      if (i == OBJECTIVE) {
        if (Double.isInfinite(value)) {
          throw new Refusal("KLP-002", "the constant of the objective must be finite");
        }
        offset = 0 - value;
      } else {
        rightHandSides.set(i, value);
      }
    }
  }

  void range(String set, String row, double value) {
    int i = known(row);
    if (i == OBJECTIVE) {
      throw new Refusal("KLP-007", "the objective " + shown(row) + " cannot have a range");
    }
    if (rangeSet.counts(set) && i >= 0) {
      once("RANGES", row);
      ranges.set(i, value);
    }
  }

  boolean isColumn(String column) {
    return columns.containsKey(column);
  }

  void bound(String type, String set, String column, double value) {
    int j = columns.getInt(column);
    if (j == UNKNOWN) {
      throw new Refusal("KLP-003", "unknown column " + shown(column));
    }
    if (!boundSet.counts(set)) {
      return;
    }
    once(type, column);
    if (!bounds.set(type, j, value)) {
      throw new Refusal("KLP-007", "the bounds of " + shown(column) + " leave no finite value");
    }
  }

  private int known(String row) {
    int i = rows.getInt(row);
    if (i == UNKNOWN) {
      throw new Refusal("KLP-003", "unknown row " + shown(row));
    }
    return i;
  }

  private void once(String what, String name) {
    if (!seen.add(what + " " + name)) {
      throw new Refusal("KLP-004", what + " of " + shown(name) + " is given twice");
    }
  }

  private static void limit(int count, int most, String what) {
    if (count > most) {
      throw new Refusal("KLP-006", "more than " + most + " " + what);
    }
  }

  MpsProblem problem() {
    LinearProgramBuilder builder = LinearProgram.builder().named(name);
    builder.offset(maximize ? 0 - offset : offset);
    for (int i = 0; i < rowNames.size(); i++) {
      addRow(builder, i);
    }
    for (int j = 0; j < columnNames.size(); j++) {
      double cost = costs.getDouble(j);
      builder.addColumn(
          columnNames.get(j), maximize ? 0 - cost : cost, bounds.lower(j), bounds.upper(j));
    }
    for (int k = 0; k < entryRow.size(); k++) {
      builder.entry(entryRow.getInt(k), entryColumn.getInt(k), entryValue.getDouble(k));
    }
    List<String> notes = new ArrayList<>();
    notes.addAll(rightHandSideSet.notes());
    notes.addAll(rangeSet.notes());
    notes.addAll(boundSet.notes());
    notes.addAll(bounds.notes(columnNames::get));
    return new MpsProblem(builder.build(), maximize, notes);
  }

  private void addRow(LinearProgramBuilder builder, int i) {
    double b = side(rightHandSides.getDouble(i));
    double r = side(ranges.getDouble(i)); // NaN where there is none
    boolean ranged = !Double.isNaN(r);
    double lower = b;
    double upper = b;
    switch (rowTypes.charAt(i)) {
      case 'L' -> lower = ranged ? b - Math.abs(r) : Double.NEGATIVE_INFINITY;
      case 'G' -> upper = ranged ? b + Math.abs(r) : Double.POSITIVE_INFINITY;
      default -> {
        lower = ranged && r < 0 ? b + r : b;
        upper = ranged && r > 0 ? b + r : b;
      }
    }
    boolean usable = lower < LinearProgram.INFINITE_BOUND && upper > -LinearProgram.INFINITE_BOUND;
    if (!usable) { // also if one is infinity less infinity
      throw new Refusal(
          "KLP-007", "the bounds of row " + shown(rowNames.get(i)) + " leave no finite value");
    }
    builder.addRow(rowNames.get(i), lower, upper);
  }

  private static double side(double value) {
    boolean infinite = Math.abs(value) >= LinearProgram.INFINITE_BOUND;
    return infinite ? Math.copySign(Double.POSITIVE_INFINITY, value) : value;
  }

  /** A word of the file, short enough for one line. */
  static String shown(String word) {
    return "\"" + (word.length() <= 40 ? word : word.substring(0, 40) + "…") + "\"";
  }
}
