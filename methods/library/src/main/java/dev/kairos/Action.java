// SPDX-License-Identifier: Apache-2.0
package dev.kairos;

import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Segment;

/**
 * An annotated action of a recording.
 *
 * @param label the name of its class
 * @param start first second
 * @param end end in seconds, not before the start
 * @since 0.1.0
 */
public record Action(String label, double start, double end) {
  /** Checks that both ends are finite and in order. */
  public Action {
    Segment unused = new Segment(start, end);
  }

  ActionInstance inside() {
    return new ActionInstance(label, new Segment(start, end));
  }
}
