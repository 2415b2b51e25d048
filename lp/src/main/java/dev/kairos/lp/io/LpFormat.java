// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import dev.kairos.lp.LinearProgram;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Reads and writes files in LP format, the one that CPLEX began and Gurobi, GLPK, HiGHS and others
 * share ({@code .lp}), plain or compressed ({@code .gz}). Not that of lp_solve.
 *
 * <p>A file is {@code Minimize} or {@code Maximize} with the objective, {@code Subject To} with the
 * rows, then {@code Bounds}, {@code Generals} and {@code Binaries} in any order, and {@code End}.
 * Words of sections stand first on their line, in capitals or not, with their other spellings. A
 * backslash begins a comment. Rules where files or solvers differ:
 *
 * <ul>
 *   <li>Columns are numbered as they appear, rows without a name are {@code c1} and so on by their
 *       number.
 *   <li>A name is any text without blanks and {@code + - * ^ : < > = [ ] \}, that begins with no
 *       digit. {@code 3x} is three times x; {@code 2e3} is a number.
 *   <li>A column that a row or the objective has several times counts the sum.
 *   <li>Terms and constants may stand on both sides of a row; a row between two numbers is {@code
 *       -1 <= x + y <= 5}. What is right of the relation is on the same line, or goes on after a
 *       sign at a line's end.
 *   <li>{@code <} is {@code <=}. Infinity is {@code inf} or {@code infinity}, or from 1e20 on.
 *   <li>Columns are in {@code [0, infinity]}; of several bounds the last counts. An upper bound
 *       below 0 leaves the lower one at 0, which makes the program infeasible and is noted.
 *   <li>Integers are relaxed and noted; binaries are also within {@code [0, 1]}.
 *   <li>A column that only has bounds is one of no row, and noted; a row with a name may be empty.
 *   <li>Refused by name and line: rows named twice, kinds of unknown columns, quadratic terms,
 *       indicators, sets, semi-continuous columns, lazy constraints and cuts, and files without
 *       {@code End}.
 * </ul>
 */
public final class LpFormat {
  private LpFormat() {}

  /**
   * Reads a file.
   *
   * @throws MpsException if it is malformed, with file and line
   * @throws IOException if it cannot be read
   */
  public static MpsProblem read(Path file) throws IOException {
    return new LpReader(MpsSource.file(file)).read();
  }

  /**
   * Reads all that a stream gives, plain or compressed, and leaves it open.
   *
   * @param name what to call it in messages, for example {@code standard input}
   * @throws MpsException if it is malformed, with name and line
   * @throws IOException if it cannot be read
   */
  public static MpsProblem read(InputStream in, String name) throws IOException {
    return new LpReader(MpsSource.stream(in, Path.of(name))).read();
  }

  /** Whether a file is in this format by its name: {@code .lp} or {@code .lp.gz}. */
  public static boolean isNamed(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(".lp") || name.endsWith(".lp.gz");
  }

  /** Writes a program that is minimised; see {@link #write(Path, MpsProblem)}. */
  public static void write(Path file, LinearProgram program) throws IOException {
    write(file, new MpsProblem(program, false, List.of()));
  }

  /**
   * Writes a file, compressed if its name ends in {@code .gz}. Numbers read back to the same bits.
   * Names that the format cannot hold, or that are not unique, are replaced by R1, R2 and so on (C1
   * and so on for columns). The file appears when it is complete.
   *
   * @throws IllegalArgumentException if a row has its lower bound above its upper
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, MpsProblem problem) throws IOException {
    new LpWriter(problem).write(file);
  }
}
