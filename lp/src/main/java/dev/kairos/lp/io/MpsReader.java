// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Reads one file in one layout: walks the sections and hands each line to {@link MpsContent}. */
final class MpsReader {
  private static final int LONGEST_LINE = 1 << 16;

  private final MpsSource source;
  private final boolean fixed;
  private final MpsContent content = new MpsContent();
  private final Set<MpsSection> seen = EnumSet.noneOf(MpsSection.class);
  private MpsSection section = MpsSection.NAME;
  private int line;

  MpsReader(MpsSource source, boolean fixed) {
    this.source = source;
    this.fixed = fixed;
  }

  MpsProblem read() throws IOException {
    try (MpsText text = new MpsText(source, LONGEST_LINE)) {
      MpsProblem problem;
      try {
        problem = problem(text);
      } catch (MpsException e) {
        if (e.line() > 0 && !e.code().equals("KLP-006")) {
          text.verify(); // damage is the better reason
        }
        throw e;
      }
      text.verify();
      return problem;
    }
  }

  private MpsProblem problem(MpsText text) throws IOException {
    try {
      for (String next = text.next(); next != null; next = text.next()) {
        line = text.number();
        if (!isHeader(next)) {
          data(next);
        } else if (header(next)) {
          return content.problem();
        }
      }
    } catch (MpsContent.Refusal e) {
      throw refusal(e.code(), e.words());
    }
    throw refusal("KLP-005", "ends without ENDATA");
  }

  /**
   * Whether a line begins a section. Data may stand at the margin too: it has a number at its end,
   * or a first word that names no section.
   */
  private boolean isHeader(String text) {
    List<String> words = MpsFields.free(text, 1);
    if (words.isEmpty()) { // other blanks only
      return false;
    }
    String word = words.get(0);
    MpsSection named = MpsSection.of(word);
    boolean margin = !MpsFields.blank(text.charAt(0));
    if (named == null && MpsSection.ofOtherPrograms(word).isEmpty()) {
      return margin && !takesData();
    }
    if (words.size() == 1) {
      return true;
    }
    boolean pairs = section.holdsData() && words.size() >= 3;
    return margin
        && (named == MpsSection.ENDATA
            || !pairs
            || Double.isNaN(MpsNumber.side(words.get(words.size() - 1))));
  }

  private boolean takesData() {
    return seen.contains(MpsSection.ROWS)
        || section == MpsSection.OBJSENSE
        || section == MpsSection.OBJNAME;
  }

  /** Takes the first line of a section and says whether it was the last section. */
  private boolean header(String text) {
    List<String> words = MpsFields.free(text, 1);
    String word = words.get(0);
    MpsSection next = MpsSection.of(word);
    if (next == null) {
      throw unknown(word);
    }
    if (next.compareTo(MpsSection.COLUMNS) >= 0) {
      content.rowsComplete();
    }
    if (next.holdsData() && !seen.add(next)) {
      throw refusal("KLP-001", "section " + next + " is given twice");
    }
    if (next == MpsSection.BOUNDS && !seen.contains(MpsSection.COLUMNS)) {
      throw refusal("KLP-001", "section BOUNDS before COLUMNS");
    }
    if (next == MpsSection.NAME) {
      content.name(text.strip().substring(word.length()).strip());
    } else if (next == MpsSection.OBJSENSE && words.size() > 1) {
      content.sense(words.get(1));
    } else if (next == MpsSection.OBJNAME && words.size() > 1) {
      content.objectiveName(words.get(1));
    }
    section = next;
    return next == MpsSection.ENDATA;
  }

  private MpsException unknown(String word) {
    String other = MpsSection.ofOtherPrograms(word);
    if (!other.isEmpty()) {
      return refusal("KLP-007", "section " + word + " holds " + other + ", not linear");
    }
    if (seen.isEmpty() && section == MpsSection.NAME && MpsSection.beginsLpFormat(word)) {
      return refusal("KLP-008", "is in LP format; give it a name that ends in .lp");
    }
    return refusal("KLP-001", "unknown section " + shown(word));
  }

  private void data(String text) {
    if (!takesData()) {
      throw refusal("KLP-001", "data outside a section: " + shown(text.strip()));
    }
    List<String> f = fields(text);
    int n = f.size();
    switch (section) {
      case OBJSENSE -> content.sense(field(f, 0, n == 1));
      case OBJNAME -> content.objectiveName(field(f, 0, n == 1));
      case ROWS -> content.row(field(f, 0, n == 2), f.get(1));
      case COLUMNS -> column(f);
      case RHS -> pairs(f, content::rightHandSide);
      case RANGES -> pairs(f, content::range);
      case BOUNDS -> bound(f);
      default -> throw refusal("KLP-001", "data outside a section: " + shown(text.strip()));
    }
  }

  private List<String> fields(String text) {
    boolean words = !fixed || section == MpsSection.OBJSENSE || section == MpsSection.OBJNAME;
    @Nullable List<String> fields =
        words
            ? MpsFields.free(text, section.typed() ? 2 : 1)
            : MpsFields.fixed(text, section.typed());
    if (fields == null || fields.isEmpty()) {
      throw refusal("KLP-001", "text between the fields: " + shown(text.strip()));
    }
    return fields;
  }

  private void column(List<String> f) {
    int n = f.size();
    if (n >= 3 && f.get(1).equals("'MARKER'")) {
      content.marker(f.get(n - 1));
      return;
    }
    if (n != 3 && n != 5) {
      throw refusal("KLP-001", "expected a column and one or two entries, found " + n + " fields");
    }
    for (int i = 1; i < n; i += 2) {
      content.entry(f.get(0), f.get(i), number(f.get(i + 1), MpsNumber::finite));
    }
  }

  /** What takes a set, a row and a number. */
  private interface Pair {
    void take(String set, String row, double value);
  }

  private void pairs(List<String> f, Pair pair) {
    int n = f.size();
    if (n < 2 || n > 5) {
      throw refusal("KLP-001", "expected a set and one or two entries, found " + n + " fields");
    }
    int first = n % 2; // an even number of fields has no name of the set
    String set = first == 1 ? f.get(0) : "";
    for (int i = first; i < n; i += 2) {
      pair.take(set, f.get(i), number(f.get(i + 1), MpsNumber::side));
    }
  }

  private void bound(List<String> f) {
    int n = f.size();
    if (n < 2 || n > 4) {
      throw refusal("KLP-001", "expected a type, a set, a column and a number, found " + n);
    }
    String type = f.get(0).toUpperCase(Locale.ROOT);
    if (MpsBounds.withoutNumber(type)) {
      boolean unset = n == 2 || (n == 3 && !content.isColumn(f.get(2)));
      content.bound(type, unset ? "" : f.get(1), f.get(unset ? 1 : 2), 0);
    } else {
      if (n == 2) {
        throw refusal("KLP-001", "bound " + shown(type) + " without a number");
      }
      double value = number(f.get(n - 1), MpsNumber::side);
      content.bound(type, n == 3 ? "" : f.get(1), f.get(n - 2), value);
    }
  }

  private String field(List<String> fields, int index, boolean expected) {
    if (!expected) {
      throw refusal(
          "KLP-001",
          "expected other fields in " + section + ", found " + fields.size() + " of them");
    }
    return fields.get(index);
  }

  private double number(String word, ToDoubleFunction<String> parser) {
    double value = parser.applyAsDouble(word);
    if (Double.isNaN(value)) {
      throw refusal("KLP-002", "expected a number, found " + shown(word));
    }
    return value;
  }

  private MpsException refusal(String code, String problem) {
    return new MpsException(code, source.name(), line, problem);
  }

  private static String shown(String word) {
    return MpsContent.shown(word);
  }
}
