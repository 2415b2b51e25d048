// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import dev.kairos.lp.LinearProgram;
import java.util.List;

/**
 * The content of a file in MPS or LP format.
 *
 * @param program to be minimised; of a file that maximises, the costs are negated
 * @param maximize whether the file asks for the greatest value
 * @param notes what was decided where conventions differ, one sentence each
 */
public record MpsProblem(LinearProgram program, boolean maximize, List<String> notes) {

  /** Copies the notes. */
  public MpsProblem {
    notes = List.copyOf(notes);
  }

  /** A value of the program's objective in the sense of the file. */
  public double inSense(double objective) {
    return maximize ? 0 - objective : objective;
  }
}
