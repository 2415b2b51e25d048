// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.medoids;

import dev.kairos.methods.apn.medoids.ConstrainedMedoids.Mode;
import dev.kairos.methods.apn.medoids.ConstrainedMedoids.Options;
import dev.kairos.methods.apn.medoids.PseudoActions.BackgroundInstance;
import dev.kairos.methods.apn.medoids.PseudoActions.PseudoAction;
import dev.kairos.methods.tal.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** Constrained medoids by their definition: sums for every division and every medoid. */
final class DefinedMedoids {
  private static final int NONE = -1;

  private final double[][] distance; // [T, T]
  private final int[] p;
  private final int[] first;
  private final int[] last;
  private final int[] medoid;
  private final int[] seed; // of each gap, or NONE
  private final int reach;

  private DefinedMedoids(double[][] rows, MarkedPoints points, Options options) {
    int count = points.count();
    distance = new double[rows.length][rows.length];
    for (int u = 0; u < rows.length; u++) {
      for (int v = 0; v < rows.length; v++) {
        distance[u][v] = distance(rows[u], rows[v], options.distance());
      }
    }
    p = points.points().stream().mapToInt(MarkedPoints.MarkedPoint::snippet).toArray();
    first = new int[count];
    last = new int[count];
    medoid = p.clone();
    seed = new int[count + 1];
    reach = options.reach();
  }

  private static double distance(double[] u, double[] v, FrameDistance kind) {
    double dot = 0;
    double ofU = 0;
    double ofV = 0;
    double square = 0;
    for (int i = 0; i < u.length; i++) {
      dot += u[i] * v[i];
      ofU += u[i] * u[i];
      ofV += v[i] * v[i];
      square += (u[i] - v[i]) * (u[i] - v[i]);
    }
    return switch (kind) {
      case COSINE -> 1 - dot / (Math.max(Math.sqrt(ofU), 1e-12) * Math.max(Math.sqrt(ofV), 1e-12));
      case SQEUCLIDEAN -> square;
      case EUCLIDEAN -> Math.sqrt(square);
    };
  }

  private double sum(int from, int to, int center) {
    double sum = 0;
    for (int t = from; t <= to; t++) {
      sum += distance[t][center];
    }
    return sum;
  }

  private static int least(int from, int to, IntToDoubleFunction cost) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = from; i <= to; i++) {
      least = Math.min(least, cost.applyAsDouble(i));
    }
    for (int i = from; i <= to; i++) {
      if (cost.applyAsDouble(i) <= least + 1e-9) {
        return i;
      }
    }
    throw new AssertionError("nothing to choose from in [" + from + ", " + to + "]");
  }

  private int divide(int from, int to, int left, int right) {
    return least(from, to - 1, b -> sum(from, b, left) + sum(b + 1, to, right));
  }

  static PseudoActions cluster(double[][] rows, MarkedPoints points, Options options) {
    return new DefinedMedoids(rows, points, options).run(points, options);
  }

  private PseudoActions run(MarkedPoints points, Options options) {
    int count = p.length;
    int end = distance.length - 1;
    List<Integer> divisions = new ArrayList<>();
    for (int k = 0; k + 1 < count; k++) {
      divisions.add(divide(p[k], p[k + 1], p[k], p[k + 1]));
    }
    for (int g = 0; g <= count; g++) {
      int number = g;
      int from = g == 0 ? 0 : p[g - 1] + 1;
      int to = g == count ? end : p[g] - 1;
      boolean same =
          g > 0
              && g < count
              && points.points().get(g - 1).labels().stream()
                  .anyMatch(points.points().get(g).labels()::contains);
      int needed = same ? options.leastGapSame() : options.leastGapDifferent();
      boolean open =
          options.mode() == Mode.ACTION_BACKGROUND
              && to - from + 1 >= (g == 0 || g == count ? 1 : needed);
      seed[g] =
          !open
              ? NONE
              : least(
                  from,
                  to,
                  t -> {
                    boolean left =
                        number == count || (number > 0 && t <= divisions.get(number - 1));
                    return -distance[t][p[left ? number - 1 : number]];
                  });
    }
    String before = "";
    int rounds = 0;
    boolean changes = true;
    while (changes && rounds < options.maxRounds()) {
      assign(end);
      updateMedoids(end);
      rounds++;
      String now = Arrays.toString(first) + Arrays.toString(last);
      now += Arrays.toString(medoid) + Arrays.toString(seed);
      changes = !now.equals(before);
      before = now;
    }
    List<PseudoAction> actions = new ArrayList<>();
    List<BackgroundInstance> background = new ArrayList<>();
    for (int g = 0; g <= count; g++) {
      if (seed[g] != NONE) {
        Interval snippets = new Interval(gapStart(g), gapEnd(g, end) + 1);
        background.add(new BackgroundInstance(snippets, seed[g]));
      }
      if (g < count) {
        Interval snippets = new Interval(first[g], last[g] + 1);
        actions.add(new PseudoAction(points.points().get(g), snippets, medoid[g]));
      }
    }
    return new PseudoActions(actions, background, divisions, rounds);
  }

  private void assign(int end) {
    int count = p.length;
    for (int k = 0; k < count; k++) {
      int own = medoid[k];
      int low = Math.min(p[k], own);
      int high = Math.max(p[k], own);
      int left = seed[k];
      if (left != NONE) {
        first[k] =
            least(
                Math.max(left + 1, p[k] - reach),
                low,
                x -> sum(left, x - 1, left) + sum(x, low, own));
      } else if (k == 0) {
        first[k] = 0;
      }
      int right = seed[k + 1];
      if (right != NONE) {
        last[k] =
            least(
                high,
                (int) Math.min(right - 1L, (long) p[k] + reach),
                y -> sum(high, y, own) + sum(y + 1, right, right));
      } else if (k + 1 == count) {
        last[k] = end;
      } else {
        last[k] = divide(high, Math.min(p[k + 1], medoid[k + 1]), own, medoid[k + 1]);
        first[k + 1] = last[k] + 1;
      }
    }
  }

  private void updateMedoids(int end) {
    for (int k = 0; k < p.length; k++) {
      int from = first[k];
      int to = last[k];
      medoid[k] = least(from, to, u -> sum(from, to, u));
    }
    for (int g = 0; g <= p.length; g++) {
      if (seed[g] != NONE) {
        int from = gapStart(g);
        int to = gapEnd(g, end);
        seed[g] = least(from, to, u -> sum(from, to, u));
      }
    }
  }

  private int gapStart(int g) {
    return g == 0 ? 0 : last[g - 1] + 1;
  }

  private int gapEnd(int g, int end) {
    return g == p.length ? end : first[g] - 1;
  }
}
