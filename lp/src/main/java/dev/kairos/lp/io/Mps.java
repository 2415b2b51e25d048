// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import dev.kairos.lp.LinearProgram;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads and writes MPS files, plain or compressed ({@code .gz}).
 *
 * <p>Reading takes both layouts: fields between blanks (free), and where that does not fit, fields
 * at fixed places (2-3, 5-12, 15-22, 25-36, 40-47, 50-61), in which names may hold blanks. Data
 * lines may begin at the margin; a byte order mark is passed over. Rules where files or solvers
 * differ:
 *
 * <ul>
 *   <li>The first N row is the objective, or the one that OBJNAME names; other N rows are left out.
 *   <li>A right-hand side v of the objective is the constant -v.
 *   <li>RANGES r of a row with right-hand side b: G is {@code [b, b+|r|]}, L is {@code [b-|r|, b]},
 *       E is {@code [b, b+r]}, or {@code [b+r, b]} where r is negative.
 *   <li>UP or UI below 0 without a lower bound makes the lower bound minus infinity; that is noted.
 *   <li>MI leaves the upper bound alone; BV is {@code [0, 1]}. Integer columns are relaxed and
 *       noted; one without any bound is {@code [0, 1]}, as for CPLEX, Gurobi, Clp, GLPK and HiGHS.
 *   <li>Of several RHS, RANGES or BOUNDS sets the first counts; the others are noted. A line
 *       without the name of a set goes on with that of the line before.
 *   <li>A {@code $} that begins the third or fifth field begins a comment.
 *   <li>ROWS stands before COLUMNS, and both before BOUNDS; else sections come in any order.
 *   <li>OBJSENSE and OBJNAME stand on one line or two; OBJSENSE says MAX or MIN.
 *   <li>Sides and bounds of 1e20 and beyond, {@code inf} and {@code Infinity} are infinite.
 *   <li>Refused by name and line: rows, columns, entries or bounds given twice; unknown names; NaN;
 *       bounds without a finite value; sections of other kinds of programs, as quadratic ones;
 *       files without ENDATA.
 *   <li>Refused as a whole: compressed files that are damaged anywhere, also behind ENDATA, that
 *       unpack to more than 256 MiB and 200 times their size, or are compressed by other means;
 *       UTF-16; LP format; folders and pipes.
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
    return read(MpsSource.file(file));
  }

  /**
   * Reads all that a stream gives, plain or compressed, and leaves it open.
   *
   * @param name what to call it in messages, for example {@code standard input}
   * @throws MpsException if it is malformed, with name and line
   * @throws IOException if it cannot be read
   */
  public static MpsProblem read(InputStream in, String name) throws IOException {
    return read(MpsSource.stream(in, Path.of(name)));
  }

  private static MpsProblem read(MpsSource source) throws IOException {
    try {
      return new MpsReader(source, false).read();
    } catch (MpsException free) {
      if (free.line() == 0 || free.code().equals("KLP-006") || free.code().equals("KLP-008")) {
        throw free;
      }
      try {
        return new MpsReader(source, true).read();
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
   * rounding. Names that are not one word each, begin like a comment, or are not unique, are
   * replaced by R1, R2 and so on (C1 and so on for columns). The file appears when it is complete.
   *
   * @throws IllegalArgumentException if a row has its lower bound above its upper
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, MpsProblem problem) throws IOException {
    new MpsWriter(problem).write(file);
  }
}
