// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Lists of tIoU thresholds. */
public final class Thresholds {
  private static final int MOST = 1000;
  private static final double SLACK = 1e-9;

  private Thresholds() {}

  /**
   * The thresholds {@code start + i * step} up to {@code end}, which is included where the steps
   * meet it. They are not rounded: {@code range(0.1, 0.1, 0.9)} holds 0.30000000000000004, as the
   * reference evaluation has it.
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
    double[] thresholds = new double[(int) steps + 1];
    for (int i = 0; i < thresholds.length; i++) {
      thresholds[i] = Math.min(1, start + i * step);
    }
    return thresholds;
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

  /** A threshold as people write it: 0.3, not 0.30000000000000004. */
  public static BigDecimal written(double tiou) {
    return new BigDecimal(tiou).setScale(9, RoundingMode.HALF_EVEN).stripTrailingZeros();
  }
}
