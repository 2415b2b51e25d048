// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.proposal;

import it.unimi.dsi.fastutil.ints.IntArrays;

/**
 * The probability density by which the coordinates of overlapping instances are modelled: the fused
 * coordinate is the location that maximises the expected log-likelihood under it.
 *
 * <p>Source: Zhou et al., "Improving Weakly Supervised Temporal Action Localization by Bridging
 * Train-Test Gap in Pseudo Labels", CVPR 2023, equation 4 and table 3.
 */
public enum FusionTemplate {
  /** None: the leader's own coordinates, which makes the fusion a suppression. */
  LEADER {
    @Override
    double location(double[] x, double[] p) {
      return x[0];
    }
  },

  /** A Gaussian of any variance: the weighted mean. */
  GAUSSIAN {
    @Override
    double location(double[] x, double[] p) {
      double sum = 0;
      for (int i = 0; i < x.length; i++) {
        sum += p[i] * x[i];
      }
      return sum;
    }
  },

  /** A uniform density, which must cover all values: the middle of the least and the largest. */
  UNIFORM {
    @Override
    double location(double[] x, double[] p) {
      double least = x[0];
      double largest = x[0];
      for (double value : x) {
        least = Math.min(least, value);
        largest = Math.max(largest, value);
      }
      return least + (largest - least) / 2;
    }
  },

  /** The double exponential density of Laplace: the weighted median. */
  EXPONENTIAL {
    @Override
    double location(double[] x, double[] p) {
      int[] order = new int[x.length];
      for (int i = 0; i < order.length; i++) {
        order[i] = i;
      }
      IntArrays.stableSort(order, (i, j) -> Double.compare(x[i], x[j]));
      double below = 0;
      for (int i = 0; i < order.length; i++) {
        below += p[order[i]];
        if (below >= 0.5 - TIE) {
          boolean between = Math.abs(below - 0.5) <= TIE && i + 1 < order.length;
          return between ? (x[order[i]] + x[order[i + 1]]) / 2 : x[order[i]];
        }
      }
      return x[order[order.length - 1]]; // the weights are NaN, or sum to less than a half
    }
  },

  /** Student's t with 3 degrees of freedom and the scale of the weighted variance. */
  STUDENT {
    @Override
    double location(double[] x, double[] p) {
      double mean = GAUSSIAN.location(x, p);
      double variance = 0;
      for (int i = 0; i < x.length; i++) {
        variance += p[i] * (x[i] - mean) * (x[i] - mean);
      }
      if (variance < TIE) {
        return mean;
      }
      // Iteratively reweighted least squares: each round lowers the cross-entropy.
      double location = mean;
      for (int round = 0; round < ROUNDS; round++) {
        double sum = 0;
        double total = 0;
        for (int i = 0; i < x.length; i++) {
          double r = x[i] - location;
          double w = p[i] * (FREEDOM + 1) / (FREEDOM + r * r / variance);
          sum += w * x[i];
          total += w;
        }
        double next = sum / total;
        boolean settled = Math.abs(next - location) <= TIE * Math.max(1, Math.abs(location));
        location = next;
        if (settled) {
          break;
        }
      }
      return location;
    }
  };

  private static final double TIE = 1e-12;
  private static final double FREEDOM = 3;
  private static final int ROUNDS = 500;

  /**
   * The fused value of one coordinate.
   *
   * @param x its values, at least one, the leader's first
   * @param p their probabilities, which sum to 1
   */
  abstract double location(double[] x, double[] p);
}
