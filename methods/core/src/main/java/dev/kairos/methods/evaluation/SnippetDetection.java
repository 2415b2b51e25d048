// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Interval;

/**
 * A detection on the snippet grid.
 *
 * @param label class name
 * @param snippets the snippets it covers
 * @param score confidence, higher is better
 */
record SnippetDetection(String label, Interval snippets, double score) {
  private static final double SLACK = 1e-6;

  /**
   * The snippets {@code [trunc(start * rate), trunc(end * rate))} of a detection in seconds. A
   * product that lies within 1e-6 of a whole number is taken as that number, so that a boundary
   * that was computed from a snippet index finds its index again.
   *
   * @param rate snippets per second, positive
   */
  public static SnippetDetection of(Detection detection, double rate) {
    int start = snippet(detection.segment().start(), rate);
    int end = snippet(detection.segment().end(), rate);
    return new SnippetDetection(detection.label(), new Interval(start, end), detection.score());
  }

  private static int snippet(double seconds, double rate) {
    double exact = Math.max(0, seconds * rate);
    double whole = Math.rint(exact);
    return (int) (Math.abs(exact - whole) <= SLACK ? whole : exact);
  }
}
