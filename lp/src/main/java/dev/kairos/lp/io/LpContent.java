// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.LinearProgramBuilder;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.ints.Int2DoubleLinkedOpenHashMap;
import it.unimi.dsi.fastutil.ints.Int2DoubleMap;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has been read of a file in LP format so far; becomes a program at the end. */
final class LpContent {
  private static final int MOST = 5_000_000;

  private final Object2IntOpenHashMap<String> columns = new Object2IntOpenHashMap<>();
  private final List<String> columnNames = new ArrayList<>();
  private final Set<String> rowNames = new HashSet<>();
  private final List<@Nullable String> rows = new ArrayList<>();
  private final DoubleArrayList rowLower = new DoubleArrayList();
  private final DoubleArrayList rowUpper = new DoubleArrayList();
  private final List<Int2DoubleMap> entries = new ArrayList<>();
  private final DoubleArrayList lower = new DoubleArrayList();
  private final DoubleArrayList upper = new DoubleArrayList();
  private final BitSet lowerGiven = new BitSet();
  private final BitSet boundsAlone = new BitSet();
  private final BitSet integers = new BitSet();
  private final BitSet binaries = new BitSet();
  private Int2DoubleMap costs = new Int2DoubleLinkedOpenHashMap();
  private double constant;
  private boolean maximize;

  LpContent() {
    columns.defaultReturnValue(-1);
  }

  void maximize(boolean most) {
    maximize = most;
  }

  /** The number of a column, which may be new. */
  int column(String name) {
    int j = columns.getInt(name);
    if (j < 0) {
      j = columnNames.size();
      limit(j, "columns");
      columns.put(name, j);
      columnNames.add(name);
      lower.add(0);
      upper.add(Double.POSITIVE_INFINITY);
    }
    return j;
  }

  private int known(String name) {
    int j = columns.getInt(name);
    if (j < 0) {
      throw new MpsContent.Refusal("KLP-003", "unknown column " + MpsContent.shown(name));
    }
    return j;
  }

  void objective(LpTerms terms) {
    costs = summed(terms);
    constant = finite(terms.constant);
  }

  /** Adds a row; an empty name is none. */
  void row(String name, LpTerms terms, double low, double high) {
    limit(rows.size(), "rows");
    if (!name.isEmpty() && !rowNames.add(name)) {
      throw new MpsContent.Refusal("KLP-004", "row " + MpsContent.shown(name) + " is given twice");
    }
    requireRoom(name.isEmpty() ? "row " + (rows.size() + 1) : "row " + name, low, high);
    rows.add(name.isEmpty() ? null : name);
    rowLower.add(low);
    rowUpper.add(high);
    entries.add(summed(terms));
  }

  private static Int2DoubleMap summed(LpTerms terms) {
    Int2DoubleMap sums = new Int2DoubleLinkedOpenHashMap(Math.max(1, terms.column.size()));
    for (int k = 0; k < terms.column.size(); k++) {
      int j = terms.column.getInt(k);
      sums.put(j, finite(sums.get(j) + terms.coefficient.getDouble(k)));
    }
    return sums;
  }

  void lower(String name, double bound) {
    int j = bounded(name);
    requireRoom("column " + name, bound, Double.POSITIVE_INFINITY);
    lower.set(j, bound);
    lowerGiven.set(j);
  }

  void upper(String name, double bound) {
    int j = bounded(name);
    requireRoom("column " + name, Double.NEGATIVE_INFINITY, bound);
    upper.set(j, bound);
  }

  /** Some programs write columns of no row and no cost with their bounds alone. */
  private int bounded(String name) {
    int before = columnNames.size();
    int j = column(name);
    if (j == before) {
      boundsAlone.set(j);
    }
    return j;
  }

  void integer(String name, boolean binary) {
    int j = known(name);
    integers.set(j);
    binaries.set(j, binary || binaries.get(j));
  }

  private static double finite(double value) {
    if (!Double.isFinite(value)) {
      throw new MpsContent.Refusal("KLP-002", "a coefficient or constant is not finite");
    }
    return value;
  }

  private static void requireRoom(String what, double low, double high) {
    boolean usable = low < LinearProgram.INFINITE_BOUND && high > -LinearProgram.INFINITE_BOUND;
    if (!usable) { // also if one is infinity less infinity
      throw new MpsContent.Refusal(
          "KLP-007", "the bounds of " + MpsContent.shown(what) + " leave no finite value");
    }
  }

  private static void limit(int count, String what) {
    if (count > MOST) {
      throw new MpsContent.Refusal("KLP-006", "more than " + MOST + " " + what);
    }
  }

  MpsProblem problem() {
    LinearProgramBuilder builder = LinearProgram.builder();
    builder.offset(maximize ? 0 - constant : constant);
    for (int i = 0; i < rows.size(); i++) {
      builder.addRow(nameOfRow(i), rowLower.getDouble(i), rowUpper.getDouble(i));
    }
    for (int j = 0; j < columnNames.size(); j++) {
      double low = lower.getDouble(j);
      double high = upper.getDouble(j);
      if (binaries.get(j)) {
        low = Math.max(0, low);
        high = Math.min(1, high);
      }
      double cost = costs.get(j);
      builder.addColumn(columnNames.get(j), maximize ? 0 - cost : cost, low, high);
    }
    for (int i = 0; i < entries.size(); i++) {
      for (Int2DoubleMap.Entry each : entries.get(i).int2DoubleEntrySet()) {
        builder.entry(i, each.getIntKey(), each.getDoubleValue());
      }
    }
    return new MpsProblem(builder.build(), maximize, notes());
  }

  private @Nullable String nameOfRow(int i) {
    String given = rows.get(i);
    String numbered = "c" + (i + 1);
    return given != null ? given : rowNames.contains(numbered) ? null : numbered;
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    BitSet crossed = new BitSet();
    for (int j = 0; j < columnNames.size(); j++) {
      crossed.set(j, upper.getDouble(j) < 0 && !lowerGiven.get(j));
    }
    if (!crossed.isEmpty()) {
      notes.add(
          counted(crossed, "upper bound")
              + " below 0 without a lower bound: the lower bound stays 0");
    }
    if (!boundsAlone.isEmpty()) {
      notes.add(counted(boundsAlone, "column") + " in no row, with bounds alone");
    }
    if (!integers.isEmpty()) {
      notes.add(counted(integers, "integer column") + ": taken as continuous");
    }
    return notes;
  }

  private String counted(BitSet which, String thing) {
    String first = MpsContent.shown(columnNames.get(which.nextSetBit(0)));
    int count = which.cardinality();
    return count == 1
        ? "1 " + thing + " (" + first + ")"
        : count + " " + thing + "s (first " + first + ")";
  }
}
