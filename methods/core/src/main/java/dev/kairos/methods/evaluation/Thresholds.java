// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.stream.Collectors;

/** Reads and prints lists of tIoU thresholds. */
public final class Thresholds {
  private static final int MOST = 1000;
  private static final double SLACK = 1e-9;

  private Thresholds() {}

  /**
   * Evenly spaced thresholds from {@code start} in steps up to {@code end}, which is included where
   * the steps meet it: {@code start + i * ((last - start) / (n - 1))}, and the last is what it is
   * called and not a sum. These are the bits of the published grids (0.1 to 0.7 by 7, 0.3 to 0.7 by
   * 5, 0.5 to 0.95 by 10, 0.1 to 0.9 by 9); a threshold that is one bit larger misses what overlaps
   * exactly so.
   *
   * @param start first threshold, in (0, 1]
   * @param step distance, positive
   * @param end bound, in [start, 1]
   * @throws IllegalArgumentException if the three do not describe 1 to 1000 thresholds in (0, 1]
   */
  public static double[] range(double start, double step, double end) {
    if (!(start > 0 && start <= end && end <= 1 && step > 0 && Double.isFinite(step))) {
      throw new IllegalArgumentException(
          "thresholds: need 0 < start <= end <= 1 and step > 0: "
              + (start + ":" + step + ":" + end));
    }
    double steps = Math.floor((end - start) / step + SLACK);
    if (steps >= MOST) {
      throw new IllegalArgumentException(
          "thresholds: at most " + MOST + ": " + (start + ":" + step + ":" + end));
    }
    int gaps = (int) steps;
    double last = (end - start) / step - steps <= SLACK ? end : multiple(start, step, gaps);
    double[] thresholds = new double[gaps + 1];
    for (int i = 0; i < gaps; i++) {
      thresholds[i] = start + i * ((last - start) / gaps);
    }
    thresholds[gaps] = last;
    return thresholds;
  }

  /** {@code start + gaps * step} of the decimals that people write, rounded once. */
  private static double multiple(double start, double step, int gaps) {
    BigDecimal way = BigDecimal.valueOf(step).multiply(BigDecimal.valueOf(gaps));
    return BigDecimal.valueOf(start).add(way).doubleValue();
  }

  /**
   * Reads {@code start:step:end} (see {@link #range}) or a list such as {@code 0.3,0.5,0.7}.
   *
   * @throws IllegalArgumentException if the text is neither, or a threshold is outside (0, 1]
   */
  public static double[] parse(String text) {
    if (text.indexOf(':') >= 0) {
      String[] parts = text.split(":", -1);
      if (parts.length != 3) {
        throw new IllegalArgumentException(
            "thresholds: a range is start:step:end, such as 0.1:0.1:0.7: \"" + text + "\"");
      }
      return range(number(parts[0], text), number(parts[1], text), number(parts[2], text));
    }
    String[] parts = text.split(",", -1);
    if (parts.length > MOST) {
      throw new IllegalArgumentException("thresholds: at most " + MOST + ": " + parts.length);
    }
    double[] thresholds = new double[parts.length];
    for (int i = 0; i < parts.length; i++) {
      thresholds[i] = number(parts[i], text);
    }
    check(thresholds);
    return thresholds;
  }

  /** Rejects an empty list and values outside (0, 1]. */
  static void check(double[] thresholds) {
    if (thresholds.length == 0) {
      throw new IllegalArgumentException("thresholds: needs at least one");
    }
    for (double threshold : thresholds) {
      if (!(threshold > 0 && threshold <= 1)) {
        throw new IllegalArgumentException("thresholds: must be in (0, 1]: " + threshold);
      }
    }
  }

  private static double number(String part, String text) {
    try {
      return Double.parseDouble(part.trim());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "thresholds: expected start:step:end or a list of numbers, found \""
              + part
              + "\" in \""
              + text
              + "\"",
          e);
    }
  }

  /** Thresholds as people write them: {@code 0.1, 0.2, 0.3}. */
  public static String words(Collection<Double> tious) {
    return tious.stream()
        .map(tiou -> written(tiou).toPlainString())
        .collect(Collectors.joining(", "));
  }

  /** A threshold as people write it: 0.3, not 0.30000000000000004. */
  public static BigDecimal written(double tiou) {
    return new BigDecimal(tiou).setScale(9, RoundingMode.HALF_EVEN).stripTrailingZeros();
  }
}
