// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.linpro;

/**
 * The long-step ratio test: candidates to end a step of the dual, by when they stop it. A group
 * with two bounds is passed, and flips, while the dual objective still rises behind it.
 */
final class RatioTest {
  private static final double TIE = 1e-12;
  private static final double CLEARLY = 1 + 1e-9;

  private int[] variable = new int[0]; // group j, or row i as -1 - i
  private double[] rate = new double[0]; // how fast its pi moves
  private double[] ratio = new double[0]; // how long it takes to its stop
  private double[] fall = new double[0]; // how much flatter the objective is behind it
  private int size;
  private int passed;
  private int first; // of all candidates, the one that stops first
  private double cap;
  private boolean bland;

  void reserve(int candidates) {
    if (variable.length < candidates) {
      variable = new int[candidates];
      rate = new double[candidates];
      ratio = new double[candidates];
      fall = new double[candidates];
    }
  }

  /**
   * Begins with no candidate.
   *
   * @param longest the length of the longest step there can be
   * @param byIndex whether of two that stop together the lower one comes first
   */
  void clear(double longest, boolean byIndex) {
    size = 0;
    first = 0;
    cap = longest;
    bland = byIndex;
  }

  /** No candidate that takes longer matters: one that cannot be passed comes first. */
  double cap() {
    return cap;
  }

  /**
   * Adds a candidate.
   *
   * @param room how far its pi can move
   * @param loss how much flatter the objective is behind it
   * @param slope the slope of the objective at the beginning
   * @return {@link #cap}
   */
  double add(int candidate, double speed, double room, double loss, double slope) {
    variable[size] = candidate;
    rate[size] = speed;
    double stop = room > 0 ? room / Math.abs(speed) : 0;
    ratio[size] = stop;
    fall[size] = loss;
    if (loss >= slope && stop + TIE < cap) {
      cap = stop + TIE;
    }
    if (size > 0 && isBefore(size, first)) {
      first = size;
    }
    size++;
    return cap;
  }

  /**
   * The candidate that ends the step, or -1 if there is none.
   *
   * @param slope the slope of the objective at the beginning
   * @param flat below this the objective does not rise
   */
  int choose(double slope, double flat) {
    double left = slope;
    passed = size;
    int best = first;
    while (passed > 0) {
      left -= fall[best];
      if (!(left > flat) || bland) {
        return best;
      }
      passed--;
      swap(best, passed);
      best = 0;
      for (int c = 1; c < passed; c++) {
        if (isBefore(c, best)) {
          best = c;
        }
      }
    }
    return -1;
  }

  /** Earlier, and of two that stop together the one that moves faster, or the lower (Bland). */
  private boolean isBefore(int c, int best) {
    double later = ratio[c] - ratio[best];
    if (later < -TIE || later > TIE) {
      return later < 0;
    }
    return bland
        ? order(variable[c]) < order(variable[best])
        : Math.abs(rate[c]) > CLEARLY * Math.abs(rate[best]);
  }

  /** Variables in a fixed order: groups, then logicals. */
  static int order(int variable) {
    return variable < 0 ? Integer.MAX_VALUE + variable : variable;
  }

  private void swap(int a, int b) {
    int v = variable[a];
    variable[a] = variable[b];
    variable[b] = v;
    swap(rate, a, b);
    swap(ratio, a, b);
    swap(fall, a, b);
  }

  private static void swap(double[] values, int a, int b) {
    double v = values[a];
    values[a] = values[b];
    values[b] = v;
  }

  int variable(int candidate) {
    return variable[candidate];
  }

  double rate(int candidate) {
    return rate[candidate];
  }

  double ratio(int candidate) {
    return ratio[candidate];
  }

  /** Number of candidates that were passed. */
  int flips() {
    return size - passed;
  }

  /** A group that was passed. */
  int flip(int k) {
    return variable[passed + k];
  }
}
