// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The words, numbers and signs of a file in LP format, a line at a time. */
final class LpTokens {
  private static final String SIGNS = "+-*^:[]";

  /** So many tokens are kept after they were taken. */
  private static final int MOST_TAKEN = 4096;

  /** What a token is. */
  enum Kind {
    NAME,
    NUMBER,
    PLUS,
    MINUS,
    TIMES,
    COLON,
    AT_MOST,
    AT_LEAST,
    EQUAL,
    /** What a linear program does not have: an arrow, a bracket, a power. */
    OTHER,
    /** The end of the text. */
    NONE
  }

  /**
   * A token.
   *
   * @param text as it stands in the file
   * @param number of a number, perhaps infinite; else 0
   * @param line counted from 1
   * @param first whether it is the first of its line
   */
  record Token(Kind kind, String text, double number, int line, boolean first) {
    boolean relation() {
      return kind == Kind.AT_MOST || kind == Kind.AT_LEAST || kind == Kind.EQUAL;
    }
  }

  private final MpsText text;
  private final List<Token> ahead = new ArrayList<>();
  private int next;
  private int place;

  LpTokens(MpsText text) {
    this.text = text;
  }

  /** The token so many places ahead, 0 for the next one. */
  Token peek(int places) throws IOException {
    while (ahead.size() <= next + places) {
      String line = text.line();
      if (line == null) {
        return new Token(Kind.NONE, "the end", 0, text.number(), true);
      }
      split(line);
    }
    return ahead.get(next + places);
  }

  /** Takes the next token. */
  Token take() throws IOException {
    Token token = peek(0);
    next += token.kind == Kind.NONE ? 0 : 1;
    place = token.line;
    if (next > MOST_TAKEN) {
      ahead.subList(0, next).clear();
      next = 0;
    }
    return token;
  }

  private void split(String line) {
    int comment = line.indexOf('\\');
    int end = comment < 0 ? line.length() : comment;
    boolean first = true;
    int at = 0;
    while (at < end) {
      if (blank(line.charAt(at))) {
        at++;
        continue;
      }
      int to = endOf(line, at, end);
      add(line.substring(at, to), first);
      first = false;
      at = to;
    }
  }

  private static int endOf(String line, int at, int end) {
    char c = line.charAt(at);
    if (line.startsWith("->", at)) {
      return at + 2;
    }
    if (SIGNS.indexOf(c) >= 0) {
      return at + 1;
    }
    if (relation(c)) {
      return at + 1 < end && relation(line.charAt(at + 1)) ? at + 2 : at + 1;
    }
    return number(line, at, end) ? endOfNumber(line, at, end) : endOfName(line, at, end);
  }

  private static boolean number(String line, int at, int end) {
    char c = line.charAt(at);
    return digit(c) || (c == '.' && at + 1 < end && digit(line.charAt(at + 1)));
  }

  private static int endOfNumber(String line, int from, int end) {
    int at = from;
    while (at < end && (digit(line.charAt(at)) || line.charAt(at) == '.')) {
      at++;
    }
    if (at < end && (line.charAt(at) | 0x20) == 'e') {
      int power = at + 1;
      if (power < end && (line.charAt(power) == '+' || line.charAt(power) == '-')) {
        power++;
      }
      if (power < end && digit(line.charAt(power))) {
        while (power < end && digit(line.charAt(power))) {
          power++;
        }
        return power;
      }
    }
    return at;
  }

  private static int endOfName(String line, int from, int end) {
    int at = from;
    while (at < end && !delimits(line.charAt(at))) {
      at++;
    }
    return at;
  }

  private void add(String word, boolean first) {
    double number = 0;
    Kind kind =
        switch (word) {
          case "+" -> Kind.PLUS;
          case "-" -> Kind.MINUS;
          case "*" -> Kind.TIMES;
          case ":" -> Kind.COLON;
          case "<", "<=", "=<" -> Kind.AT_MOST;
          case ">", ">=", "=>" -> Kind.AT_LEAST;
          case "=", "==" -> Kind.EQUAL;
          default -> delimits(word.charAt(0)) ? Kind.OTHER : Kind.NAME;
        };
    if (kind == Kind.NAME && number(word, 0, word.length())) {
      kind = Kind.NUMBER;
      number = MpsNumber.finite(word);
      if (Double.isNaN(number)) {
        place = text.number();
        throw new MpsContent.Refusal(
            "KLP-002", "expected a number, found " + MpsContent.shown(word));
      }
    } else if (kind == Kind.NAME && infinity(word)) {
      kind = Kind.NUMBER;
      number = Double.POSITIVE_INFINITY;
    }
    ahead.add(new Token(kind, word, number, text.number(), first));
  }

  /** Whether a word is the format's infinity. */
  static boolean infinity(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return lower.equals("inf") || lower.equals("infinity");
  }

  /** Whether a character cannot be part of a name. */
  static boolean delimits(char c) {
    return blank(c) || relation(c) || SIGNS.indexOf(c) >= 0 || c == '\\';
  }

  private static boolean blank(char c) {
    return c <= ' ' || Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static boolean relation(char c) {
    return c == '<' || c == '>' || c == '=';
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  /** The line of what was taken last, or was not as expected. */
  int place() {
    return place;
  }

  /** What to say of the next token where something else was expected. */
  MpsContent.Refusal unexpected(String expected) throws IOException {
    Token found = peek(0);
    place = found.line;
    if (found.kind == Kind.NONE) {
      return new MpsContent.Refusal("KLP-005", "ends where " + expected + " is expected");
    }
    if (found.kind != Kind.OTHER) {
      return new MpsContent.Refusal(
          "KLP-001", "expected " + expected + ", found " + MpsContent.shown(found.text));
    }
    String what =
        switch (found.text) {
          case "[", "]", "^" -> "quadratic terms: the program is quadratic";
          case "->" -> "an indicator constraint";
          default -> MpsContent.shown(found.text);
        };
    return new MpsContent.Refusal("KLP-007", "found " + what);
  }

  /** The section that a word begins, if it is the first of its line and names no row. */
  @Nullable LpSection section() throws IOException {
    Token word = peek(0);
    if (word.kind() != Kind.NAME || !word.first() || peek(1).kind() == Kind.COLON) {
      return null;
    }
    return LpSection.of(word.text(), peek(1));
  }
}
