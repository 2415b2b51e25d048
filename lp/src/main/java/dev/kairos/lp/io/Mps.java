// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import dev.kairos.lp.LinearProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * MPS files, plain or compressed ({@code .gz}).
 *
 * <p>Reading takes both layouts: fields between blanks (free), and where that does not fit, fields
 * at fixed places (2-3, 5-12, 15-22, 25-36, 40-47, 50-61), in which names may hold blanks. Rules
 * where files or solvers differ:
 *
 * <ul>
 *   <li>The first N row is the objective; other N rows are left out.
 *   <li>A right-hand side v of the objective is the constant -v.
 *   <li>RANGES r of a row with right-hand side b: G is {@code [b, b+|r|]}, L is {@code [b-|r|, b]},
 *       E is {@code [b, b+r]}, or {@code [b+r, b]} where r is negative.
 *   <li>UP or UI below 0 without a lower bound makes the lower bound minus infinity; that is noted.
 *   <li>MI leaves the upper bound alone; BV is {@code [0, 1]}; integer columns are relaxed and
 *       noted; their bounds are those of any other column.
 *   <li>Of several RHS, RANGES or BOUNDS sets the first counts. The name of a set may be left out.
 *   <li>OBJSENSE (on one line or two) may say MAX or MIN; negative numbers of 1e20 and beyond are
 *       minus infinity, positive ones infinity.
 *   <li>Refused by name and line: rows, columns, entries or bounds given twice; unknown names; NaN
 *       and infinity in words; bounds without a finite value; files without ENDATA.
 * </ul>
 */
public final class Mps {
  private Mps() {}

  /**
   * Reads a file.
   *
   * @throws MpsException if it is malformed, with file and line
   * @throws IOException if it cannot be read
   */
  public static MpsProblem read(Path file) throws IOException {
    try {
      return new MpsReader(file, false).read();
    } catch (MpsException free) {
      if (free.line() == 0 || free.code().equals("KLP-006")) {
        throw free;
      }
      try {
        return new MpsReader(file, true).read();
      } catch (MpsException fixed) {
        // The reading that came farther knows better what is wrong.
        throw fixed.line() > free.line() ? fixed : free;
      }
    }
  }

  /** Writes a program that is minimised; see {@link #write(Path, MpsProblem)}. */
  public static void write(Path file, LinearProgram program) throws IOException {
    write(file, new MpsProblem(program, false, List.of()));
  }

  /**
   * Writes a file, compressed if its name ends in {@code .gz}, in free layout. Numbers read back to
   * the same bits, but for the upper of two different finite bounds of a row, which may differ by
   * rounding. Names that are not one word each, or not unique, are replaced by R1, R2 and so on (C1
   * and so on for columns). The file appears when it is complete.
   *
   * @throws IllegalArgumentException if a row has its lower bound above its upper
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, MpsProblem problem) throws IOException {
    new MpsWriter(problem).write(file);
  }
}
