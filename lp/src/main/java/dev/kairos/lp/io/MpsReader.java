// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads one file in one layout: walks the sections and hands each line to {@link MpsContent}. */
final class MpsReader {
  private enum Section {
    NAME,
    OBJSENSE,
    ROWS,
    COLUMNS,
    RHS,
    RANGES,
    BOUNDS,
    ENDATA
  }

  private final Path file;
  private final boolean fixed;
  private final MpsContent content = new MpsContent();
  private Section section = Section.NAME;
  private int line;

  MpsReader(Path file, boolean fixed) {
    this.file = file;
    this.fixed = fixed;
  }

  MpsProblem read() throws IOException {
    try (MpsText text = new MpsText(file)) {
      for (String next = text.next(); next != null; next = text.next()) {
        line = text.number();
        if (MpsFields.blank(next.charAt(0))) {
          data(next);
        } else if (header(next)) {
          return content.problem();
        }
      }
      throw new MpsException("KLP-005", file, line, "ends without ENDATA");
    } catch (MpsContent.Refusal e) {
      throw new MpsException(e.code(), file, line, e.words());
    }
  }

  /** Takes the first line of a section and says whether it was the last section. */
  private boolean header(String text) {
    List<String> words = MpsFields.free(text);
    String word = words.get(0);
    Section next = null;
    for (Section each : Section.values()) {
      if (each.name().equals(word.toUpperCase(Locale.ROOT))) {
        next = each;
      }
    }
    if (next == null) {
      throw refusal("KLP-001", "unknown section " + shown(word));
    }
    if (next.compareTo(section) <= 0 && next != Section.NAME && next != Section.OBJSENSE) {
      boolean swapped = next == Section.RANGES && section == Section.BOUNDS;
      if (!swapped) {
        throw refusal("KLP-001", "section " + next + " after " + section);
      }
    }
    if (next == Section.NAME) {
      String rest = text.substring(word.length()).strip();
      content.name(rest);
    } else if (next == Section.OBJSENSE && words.size() > 1) {
      content.sense(words.get(1));
    } else if (next.compareTo(Section.COLUMNS) >= 0) {
      content.rowsComplete();
    }
    section = next;
    return next == Section.ENDATA;
  }

  private void data(String text) {
    boolean typed = section == Section.ROWS || section == Section.BOUNDS;
    List<String> f = section == Section.OBJSENSE ? MpsFields.free(text) : fields(text, typed);
    int n = f.size();
    switch (section) {
      case OBJSENSE -> content.sense(field(f, 0, n == 1));
      case ROWS -> content.row(field(f, 0, n == 2), f.get(1));
      case COLUMNS -> column(f);
      case RHS -> pairs(f, content::rightHandSide);
      case RANGES -> pairs(f, content::range);
      case BOUNDS -> bound(f);
      default -> throw refusal("KLP-001", "data outside a section: " + shown(text.strip()));
    }
  }

  private List<String> fields(String text, boolean typed) {
    List<String> fields = fixed ? MpsFields.fixed(text, typed) : MpsFields.free(text);
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
    content.entry(f.get(0), f.get(1), number(f.get(2)));
    if (n == 5) {
      content.entry(f.get(0), f.get(3), number(f.get(4)));
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
      pair.take(set, f.get(i), number(f.get(i + 1)));
    }
  }

  private void bound(List<String> f) {
    int n = f.size();
    if (n < 2 || n > 4) {
      throw refusal("KLP-001", "expected a type, a set, a column and a number, found " + n);
    }
    String type = f.get(0).toUpperCase(Locale.ROOT);
    if (MpsContent.withoutNumber(type)) {
      boolean unset = n == 2 || (n == 3 && !content.isColumn(f.get(2)));
      content.bound(type, unset ? "" : f.get(1), f.get(unset ? 1 : 2), 0);
    } else {
      if (n == 2) {
        throw refusal("KLP-001", "bound " + shown(type) + " without a number");
      }
      content.bound(type, n == 3 ? "" : f.get(1), f.get(n - 2), number(f.get(n - 1)));
    }
  }

  private String field(List<String> fields, int index, boolean expected) {
    if (!expected) {
      throw refusal("KLP-001", "unexpected number of fields: " + fields.size());
    }
    return fields.get(index);
  }

  /** A decimal number, also with the D of Fortran as exponent. */
  private double number(String word) {
    boolean usable = !word.isEmpty() && word.length() <= 64;
    for (int i = 0; usable && i < word.length(); i++) {
      usable = "0123456789+-.eEdD".indexOf(word.charAt(i)) >= 0;
    }
    Double value = usable ? parsed(word.replace('D', 'E').replace('d', 'e')) : null;
    if (value == null) {
      throw refusal("KLP-002", "expected a number, found " + shown(word));
    }
    return value;
  }

  private static @Nullable Double parsed(String word) {
    try {
      double value = Double.parseDouble(word);
      return Double.isFinite(value) ? value : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private MpsException refusal(String code, String problem) {
    return new MpsException(code, file, line, problem);
  }

  private static String shown(String word) {
    return MpsContent.shown(word);
  }
}
