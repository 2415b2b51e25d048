// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import dev.kairos.lp.LinearProgram;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;

/** The bounds of the columns as given, and those that follow where none are given. */
final class MpsBounds {
  private final DoubleArrayList lowers = new DoubleArrayList();
  private final DoubleArrayList uppers = new DoubleArrayList();
  private final BitSet integers = new BitSet();
  private final BitSet given = new BitSet();

  /** Adds the next column, without bounds so far. */
  void add(boolean integer) {
    integers.set(lowers.size(), integer);
    lowers.add(Double.NaN);
    uppers.add(Double.NaN);
  }

  /** Whether a type of bound needs no number. */
  static boolean withoutNumber(String type) {
    return type.equals("FR") || type.equals("MI") || type.equals("PL") || type.equals("BV");
  }

  /** Takes one bound; says whether some finite value is left. */
  boolean set(String type, int j, double value) {
    switch (type) {
      case "LO", "LI" -> lowers.set(j, value);
      case "UP", "UI" -> uppers.set(j, value);
      case "FX" -> both(j, value, value);
      case "FR" -> both(j, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
      case "MI" -> lowers.set(j, Double.NEGATIVE_INFINITY);
      case "PL" -> uppers.set(j, Double.POSITIVE_INFINITY);
      case "BV" -> both(j, 0, 1);
      default -> throw unknown(type);
    }
    given.set(j);
    if (type.equals("LI") || type.equals("UI") || type.equals("BV")) {
      integers.set(j);
    }
    boolean none = lowers.getDouble(j) >= LinearProgram.INFINITE_BOUND;
    return !none && !(uppers.getDouble(j) <= -LinearProgram.INFINITE_BOUND);
  }

  private static MpsContent.Refusal unknown(String type) {
    boolean semi = type.equals("SC") || type.equals("SI");
    String why = semi ? " makes a column semi-continuous, which is" : " is";
    return new MpsContent.Refusal(
        "KLP-007", "bound type " + MpsContent.shown(type) + why + " no part of a linear program");
  }

  private void both(int j, double lower, double upper) {
    lowers.set(j, lower);
    uppers.set(j, upper);
  }

  double lower(int j) {
    double lower = lowers.getDouble(j);
    if (!Double.isNaN(lower)) {
      return lower;
    }
    return uppers.getDouble(j) < 0 ? Double.NEGATIVE_INFINITY : 0;
  }

  double upper(int j) {
    double upper = uppers.getDouble(j);
    if (!Double.isNaN(upper)) {
      return upper;
    }
    return unboundedInteger(j) ? 1 : Double.POSITIVE_INFINITY;
  }

  /** These are [0, 1] for CPLEX, Gurobi, Clp, GLPK and HiGHS. */
  private boolean unboundedInteger(int j) {
    return integers.get(j) && !given.get(j);
  }

  /** What has been decided, one sentence each. */
  List<String> notes(IntFunction<String> nameOf) {
    Tally freed = new Tally();
    Tally relaxed = new Tally();
    Tally binary = new Tally();
    for (int j = 0; j < lowers.size(); j++) {
      freed.count(j, Double.isNaN(lowers.getDouble(j)) && uppers.getDouble(j) < 0);
      relaxed.count(j, integers.get(j));
      binary.count(j, unboundedInteger(j));
    }
    List<String> notes = new ArrayList<>();
    if (freed.count > 0) {
      notes.add(
          freed.of("upper bound", nameOf)
              + " below 0 without a lower bound: the lower bound is minus infinity");
    }
    if (relaxed.count > 0) {
      notes.add(relaxed.of("integer column", nameOf) + ": taken as continuous");
    }
    if (binary.count > 0) {
      notes.add(binary.of("integer column", nameOf) + " without bounds: taken as [0, 1]");
    }
    return notes;
  }

  /** How many columns, and which is the first. */
  private static final class Tally {
    private int count;
    private int first;

    void count(int column, boolean counts) {
      if (counts) {
        first = count++ == 0 ? column : first;
      }
    }

    String of(String thing, IntFunction<String> nameOf) {
      String name = MpsContent.shown(nameOf.apply(first));
      return count == 1
          ? "1 " + thing + " (" + name + ")"
          : count + " " + thing + "s (first " + name + ")";
    }
  }
}
