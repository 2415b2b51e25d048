// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.medoids;

import dev.kairos.methods.tal.Segment;

/**
 * How far boundaries of pseudo actions are from those of annotated instances, as sums that add up
 * over recordings. An error is positive where the boundary comes late.
 *
 * @param count how many pairs of boundaries were compared
 * @param missed labels of pseudo actions whose point no instance of the class holds
 * @param startSum signed errors of starts, in seconds
 * @param startAbsoluteSum their magnitudes
 * @param endSum signed errors of ends, in seconds
 * @param endAbsoluteSum their magnitudes
 */
public record BoundaryErrors(
    long count,
    long missed,
    double startSum,
    double startAbsoluteSum,
    double endSum,
    double endAbsoluteSum) {

  /** Nothing compared. */
  public static final BoundaryErrors NONE = new BoundaryErrors(0, 0, 0, 0, 0, 0);

  /** One label without an instance. */
  static final BoundaryErrors MISSED = new BoundaryErrors(0, 1, 0, 0, 0, 0);

  /** Of one pseudo action and the instance that it stands for. */
  static BoundaryErrors of(Segment found, Segment instance) {
    double start = found.start() - instance.start();
    double end = found.end() - instance.end();
    return new BoundaryErrors(1, 0, start, Math.abs(start), end, Math.abs(end));
  }

  /** Both together. */
  public BoundaryErrors plus(BoundaryErrors other) {
    return new BoundaryErrors(
        count + other.count,
        missed + other.missed,
        startSum + other.startSum,
        startAbsoluteSum + other.startAbsoluteSum,
        endSum + other.endSum,
        endAbsoluteSum + other.endAbsoluteSum);
  }

  /** Mean signed error of starts in seconds; NaN if nothing was compared. */
  public double startMean() {
    return startSum / count;
  }

  /** Mean magnitude of the errors of starts in seconds; NaN if nothing was compared. */
  public double startMeanAbsolute() {
    return startAbsoluteSum / count;
  }

  /** Mean signed error of ends in seconds; NaN if nothing was compared. */
  public double endMean() {
    return endSum / count;
  }

  /** Mean magnitude of the errors of ends in seconds; NaN if nothing was compared. */
  public double endMeanAbsolute() {
    return endAbsoluteSum / count;
  }
}
