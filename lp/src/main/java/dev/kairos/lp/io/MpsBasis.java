// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import dev.kairos.lp.Basis;
import dev.kairos.lp.BasisStatus;
import dev.kairos.lp.LinearProgram;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * Reads and writes bases in the form that goes with MPS files ({@code .bas}). Columns are at their
 * lower bound and rows are basic but for what the lines say: {@code XU column row} and {@code XL
 * column row} make a column basic in place of a row at its upper or lower bound, {@code UL column}
 * and {@code LL column} put a column at its upper or lower bound, {@code BS column} makes it basic.
 * Rows and columns have the names that {@link Mps#write} would give them.
 */
public final class MpsBasis {
  private static final int LONGEST_LINE = 1 << 16;

  private final Path file;
  private final Object2IntOpenHashMap<String> rowOf;
  private final Object2IntOpenHashMap<String> columnOf;
  private final BasisStatus[] rows;
  private final BasisStatus[] columns;
  private final BitSet rowSeen = new BitSet();
  private final BitSet columnSeen = new BitSet();
  private int line;

  private MpsBasis(Path file, LinearProgram lp) {
    this.file = file;
    rowOf = numbers(UsableNames.ofRows(lp, MpsWriter::fits));
    columnOf = numbers(UsableNames.ofColumns(lp, MpsWriter::fits));
    rows = new BasisStatus[lp.rows()];
    columns = new BasisStatus[lp.columns()];
    Arrays.fill(rows, BasisStatus.BASIC);
    Arrays.fill(columns, BasisStatus.AT_LOWER);
  }

  private static Object2IntOpenHashMap<String> numbers(String[] names) {
    Object2IntOpenHashMap<String> numbers = new Object2IntOpenHashMap<>();
    numbers.defaultReturnValue(-1);
    for (int k = 0; k < names.length; k++) {
      numbers.put(names[k], k);
    }
    return numbers;
  }

  /**
   * Reads a basis of a program; the solver repairs one with too many or too few basic members.
   *
   * @throws MpsException if it is malformed or names what the program has not, with file and line
   * @throws IOException if it cannot be read
   */
  public static Basis read(Path file, LinearProgram lp) throws IOException {
    return new MpsBasis(file, lp).read();
  }

  private Basis read() throws IOException {
    try (MpsText text = new MpsText(MpsSource.file(file), LONGEST_LINE)) {
      for (String next = text.next(); next != null; next = text.next()) {
        line = text.number();
        List<String> words = MpsFields.words(next);
        if (words.isEmpty()) { // other blanks only
          continue;
        }
        String first = words.get(0).toUpperCase(Locale.ROOT);
        if (first.equals("ENDATA")) {
          text.verify();
          return new Basis(columns, rows);
        }
        if (!first.equals("NAME") || MpsFields.blank(next.charAt(0))) {
          take(first, words);
        }
      }
      throw new MpsException("KLP-005", file, line, "ends without ENDATA");
    }
  }

  private void take(String kind, List<String> words) {
    switch (kind) {
      case "XU", "XL" -> {
        column(words, 3, BasisStatus.BASIC);
        int row = known("row", rowOf.getInt(words.get(2)), words.get(2), rowSeen);
        rows[row] = kind.equals("XU") ? BasisStatus.AT_UPPER : BasisStatus.AT_LOWER;
      }
      case "UL" -> column(words, 2, BasisStatus.AT_UPPER);
      case "LL" -> column(words, 2, BasisStatus.AT_LOWER);
      case "BS" -> column(words, 2, BasisStatus.BASIC);
      default ->
          throw refusal(
              "KLP-001", "expected XU, XL, UL, LL or BS, found " + MpsContent.shown(words.get(0)));
    }
  }

  /** Some programs add the value at the end, which says nothing new. */
  private void column(List<String> words, int fields, BasisStatus status) {
    if (words.size() < fields || words.size() > fields + 1) {
      throw refusal("KLP-001", "expected " + fields + " fields, found " + words.size());
    }
    String name = words.get(1);
    columns[known("column", columnOf.getInt(name), name, columnSeen)] = status;
  }

  private int known(String what, int number, String name, BitSet seen) {
    if (number < 0) {
      throw refusal("KLP-003", "unknown " + what + " " + MpsContent.shown(name));
    }
    if (seen.get(number)) {
      throw refusal("KLP-004", what + " " + MpsContent.shown(name) + " is given twice");
    }
    seen.set(number);
    return number;
  }

  private MpsException refusal(String code, String words) {
    return new MpsException(code, file, line, words);
  }

  /**
   * Writes a basis, which has as many basic members as the program has rows. A column without
   * bounds that is not basic reads back as at its lower bound, which the solver takes as zero. The
   * file appears when it is complete.
   *
   * @throws IllegalArgumentException if the basis has not the rows and columns of the program, or
   *     too many or too few basic members
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, LinearProgram lp, Basis basis) throws IOException {
    if (basis.rows() != lp.rows() || basis.columns() != lp.columns()) {
      throw new IllegalArgumentException(
          "basis of %d rows and %d columns, program of %d and %d"
              .formatted(basis.rows(), basis.columns(), lp.rows(), lp.columns()));
    }
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < basis.rows(); i++) {
      if (basis.row(i) != BasisStatus.BASIC) {
        left.add(i);
      }
    }
    long basic = 0;
    for (int j = 0; j < basis.columns(); j++) {
      basic += basis.column(j) == BasisStatus.BASIC ? 1 : 0;
    }
    if (basic != left.size()) {
      throw new IllegalArgumentException(
          "basis of " + basic + " basic columns for " + left.size() + " rows that are not");
    }
    WholeFile.write(file, out -> lines(out, lp, basis, left));
  }

  private static void lines(Writer out, LinearProgram lp, Basis basis, List<Integer> left)
      throws IOException {
    String[] rows = UsableNames.ofRows(lp, MpsWriter::fits);
    String[] columns = UsableNames.ofColumns(lp, MpsWriter::fits);
    out.write("NAME " + lp.name().replaceAll("\\s+", " ") + "\n");
    int next = 0;
    for (int j = 0; j < columns.length; j++) {
      if (basis.column(j) == BasisStatus.BASIC) {
        int row = left.get(next++);
        String kind = basis.row(row) == BasisStatus.AT_UPPER ? " XU " : " XL ";
        out.write(kind + columns[j] + " " + rows[row] + "\n");
      } else if (basis.column(j) == BasisStatus.AT_UPPER) {
        out.write(" UL " + columns[j] + "\n");
      }
    }
    out.write("ENDATA\n");
  }
}
