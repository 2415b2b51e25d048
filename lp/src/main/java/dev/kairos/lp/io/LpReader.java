// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import dev.kairos.lp.io.LpTokens.Kind;
import dev.kairos.lp.io.LpTokens.Token;
import java.io.IOException;

/** Reads one file in LP format by its grammar and hands what it says to {@link LpContent}. */
final class LpReader {
  /** Some programs write a row to a line. */
  private static final int LONGEST_LINE = 1 << 26;

  private final MpsSource source;
  private final LpContent content = new LpContent();

  LpReader(MpsSource source) {
    this.source = source;
  }

  MpsProblem read() throws IOException {
    try (MpsText text = new MpsText(source, LONGEST_LINE)) {
      LpTokens tokens = new LpTokens(text);
      try {
        sections(tokens);
        MpsProblem problem = content.problem();
        text.verify();
        return problem;
      } catch (MpsContent.Refusal e) {
        text.verify(); // damage is the better reason
        throw new MpsException(e.code(), source.name(), tokens.place(), e.words());
      }
    }
  }

  private void sections(LpTokens tokens) throws IOException {
    LpSection sense = tokens.section();
    if (sense != LpSection.MINIMIZE && sense != LpSection.MAXIMIZE) {
      throw tokens.unexpected("Minimize or Maximize");
    }
    tokens.take();
    content.maximize(sense == LpSection.MAXIMIZE);
    objective(tokens);
    LpSection section = begin(tokens);
    if (section != LpSection.ROWS && section != LpSection.ROWS_IN_TWO_WORDS) {
      throw refusal("KLP-001", "expected Subject To after the objective");
    }
    while (section != LpSection.END) {
      while (tokens.section() == null) {
        if (tokens.peek(0).kind() == Kind.NONE) {
          throw tokens.unexpected("End");
        }
        item(section, tokens);
      }
      section = begin(tokens);
    }
  }

  /** Takes the words of a section. */
  private LpSection begin(LpTokens tokens) throws IOException {
    LpSection section = tokens.section();
    if (section == null) {
      throw tokens.unexpected("a section");
    }
    Token word = tokens.take();
    if (section == LpSection.OTHER) {
      throw refusal(
          "KLP-007", "section " + MpsContent.shown(word.text()) + " is of no linear program");
    }
    if (section == LpSection.MINIMIZE || section == LpSection.MAXIMIZE) {
      throw refusal("KLP-001", "a second objective");
    }
    for (int k = 1; k < section.words; k++) {
      tokens.take();
    }
    if (tokens.peek(0).kind() == Kind.COLON) { // "Subject To:" of some writers
      tokens.take();
    }
    return section;
  }

  private void item(LpSection section, LpTokens tokens) throws IOException {
    switch (section) {
      case BOUNDS -> bound(tokens);
      case INTEGERS, BINARIES -> {
        Token name = expect(Kind.NAME, "the name of a column", tokens);
        content.integer(name.text(), section == LpSection.BINARIES);
      }
      default -> row(tokens);
    }
  }

  private void objective(LpTokens tokens) throws IOException {
    if (tokens.peek(0).kind() == Kind.NAME && tokens.peek(1).kind() == Kind.COLON) {
      tokens.take();
      tokens.take();
    }
    LpTerms terms = new LpTerms();
    if (tokens.section() == null) {
      terms = new LpExpression(tokens, content, false).read();
    }
    if (tokens.section() == null) {
      throw tokens.unexpected("+, - or Subject To");
    }
    content.objective(terms);
  }

  private void row(LpTokens tokens) throws IOException {
    String name = "";
    if (tokens.peek(0).kind() == Kind.NAME && tokens.peek(1).kind() == Kind.COLON) {
      name = tokens.take().text();
      tokens.take();
    }
    boolean empty = !name.isEmpty() && tokens.peek(0).relation(); // as OR-Tools writes it
    LpTerms left = empty ? new LpTerms() : new LpExpression(tokens, content, false).read();
    Token relation = relation(tokens);
    LpTerms right = new LpExpression(tokens, content, true).read();
    if (tokens.peek(0).relation()) {
      between(name, left, relation, right, tokens);
    } else {
      Kind end = tokens.peek(0).kind();
      if (left.constantOnly() && !right.constantOnly() && (end == Kind.PLUS || end == Kind.MINUS)) {
        throw refusal(
            "KLP-001",
            "a row whose number comes first must stand on one line, or end it by a sign");
      }
      single(name, left, relation.kind(), right);
    }
    requireLineEnd(tokens);
  }

  /** {@code low <= terms <= high}, or with both relations the other way round. */
  private void between(String name, LpTerms first, Token relation, LpTerms middle, LpTokens tokens)
      throws IOException {
    Token second = tokens.take();
    LpTerms last = new LpExpression(tokens, content, true).read();
    boolean numbers = first.constantOnly() && last.constantOnly();
    if (!numbers || second.kind() != relation.kind() || second.kind() == Kind.EQUAL) {
      throw refusal("KLP-001", "expected a row like -1 <= x + y <= 5");
    }
    boolean rising = relation.kind() == Kind.AT_MOST;
    double low = (rising ? first : last).constant - middle.constant;
    double high = (rising ? last : first).constant - middle.constant;
    content.row(name, middle, low, high);
  }

  private void single(String name, LpTerms left, Kind relation, LpTerms right) {
    boolean turned = left.constantOnly() && !right.constantOnly();
    LpTerms terms = turned ? right : left;
    LpTerms other = turned ? left : right;
    double side = other.constant - terms.constant;
    terms.subtractTerms(other);
    boolean atMost = relation == (turned ? Kind.AT_LEAST : Kind.AT_MOST);
    boolean equal = relation == Kind.EQUAL;
    double low = equal || !atMost ? side : Double.NEGATIVE_INFINITY;
    double high = equal || atMost ? side : Double.POSITIVE_INFINITY;
    content.row(name, terms, low, high);
  }

  private void bound(LpTokens tokens) throws IOException {
    if (tokens.peek(0).kind() == Kind.NAME) {
      String name = tokens.take().text();
      Token next = tokens.peek(0);
      if (next.kind() == Kind.NAME && !next.first() && next.text().equalsIgnoreCase("free")) {
        tokens.take();
        content.lower(name, Double.NEGATIVE_INFINITY);
        content.upper(name, Double.POSITIVE_INFINITY);
      } else {
        bound(name, relation(tokens).kind(), number(tokens));
      }
    } else {
      double value = number(tokens);
      Kind relation = turned(relation(tokens).kind());
      String name = expect(Kind.NAME, "the name of a column", tokens).text();
      bound(name, relation, value);
      if (tokens.peek(0).relation() && !tokens.peek(0).first()) {
        Kind second = relation(tokens).kind();
        if (second == relation || second == Kind.EQUAL || relation == Kind.EQUAL) {
          throw refusal("KLP-001", "expected bounds like 1 <= x <= 5");
        }
        bound(name, second, number(tokens));
      }
    }
    requireLineEnd(tokens);
  }

  private void bound(String name, Kind relation, double value) {
    if (relation != Kind.AT_MOST) {
      content.lower(name, value);
    }
    if (relation != Kind.AT_LEAST) {
      content.upper(name, value);
    }
  }

  private static Kind turned(Kind relation) {
    return switch (relation) {
      case AT_MOST -> Kind.AT_LEAST;
      case AT_LEAST -> Kind.AT_MOST;
      default -> relation;
    };
  }

  private double number(LpTokens tokens) throws IOException {
    double sign = 1;
    while (tokens.peek(0).kind() == Kind.PLUS || tokens.peek(0).kind() == Kind.MINUS) {
      sign = tokens.take().kind() == Kind.MINUS ? -sign : sign;
    }
    return sign * expect(Kind.NUMBER, "a number", tokens).number();
  }

  private Token relation(LpTokens tokens) throws IOException {
    if (!tokens.peek(0).relation()) {
      throw tokens.unexpected("<=, >= or =");
    }
    return tokens.take();
  }

  private Token expect(Kind kind, String what, LpTokens tokens) throws IOException {
    if (tokens.peek(0).kind() != kind) {
      throw tokens.unexpected(what);
    }
    return tokens.take();
  }

  private void requireLineEnd(LpTokens tokens) throws IOException {
    if (!tokens.peek(0).first()) {
      throw tokens.unexpected("the end of the line");
    }
  }

  private static MpsContent.Refusal refusal(String code, String words) {
    return new MpsContent.Refusal(code, words);
  }
}
