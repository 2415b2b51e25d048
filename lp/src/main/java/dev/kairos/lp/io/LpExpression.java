// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import dev.kairos.lp.io.LpTokens.Kind;
import dev.kairos.lp.io.LpTokens.Token;
import java.io.IOException;

/** Reads a sum of terms and constants. */
final class LpExpression {
  private final LpTokens tokens;
  private final LpContent content;
  private final boolean oneLine;
  private final LpTerms terms = new LpTerms();

  /** Reads from the tokens; with {@code oneLine} a complete sum ends with its line. */
  LpExpression(LpTokens tokens, LpContent content, boolean oneLine) {
    this.tokens = tokens;
    this.content = content;
    this.oneLine = oneLine;
  }

  LpTerms read() throws IOException {
    boolean complete = false;
    while (!complete || goesOn()) {
      complete = term(complete);
    }
    return terms;
  }

  /** Whether another term follows, which then begins with a sign. */
  private boolean goesOn() throws IOException {
    Token next = tokens.peek(0);
    return (next.kind() == Kind.PLUS || next.kind() == Kind.MINUS) && !(oneLine && next.first());
  }

  /** Takes one term with its signs and says that the sum is complete. */
  private boolean term(boolean complete) throws IOException {
    double sign = 1;
    while (tokens.peek(0).kind() == Kind.PLUS || tokens.peek(0).kind() == Kind.MINUS) {
      sign = tokens.take().kind() == Kind.MINUS ? -sign : sign;
    }
    Token word = tokens.peek(0);
    if (tokens.section() != null || (word.kind() != Kind.NUMBER && !isColumn())) {
      throw tokens.unexpected(complete ? "a term after the sign" : "a term");
    }
    tokens.take();
    if (word.kind() == Kind.NAME) {
      linear(word);
      terms.add(content.column(word.text()), sign);
      return true;
    }
    double value = sign * word.number();
    if (tokens.peek(0).kind() == Kind.TIMES) {
      tokens.take();
      if (!isColumn()) {
        throw tokens.unexpected("a column after *");
      }
    }
    Token next = tokens.peek(0);
    boolean far = oneLine && next.first();
    if (isColumn() && !far && tokens.section() == null) {
      tokens.take();
      linear(next);
      terms.add(content.column(next.text()), value);
    } else {
      terms.constant += value;
    }
    return true;
  }

  private boolean isColumn() throws IOException {
    return tokens.peek(0).kind() == Kind.NAME && tokens.peek(1).kind() != Kind.COLON;
  }

  private void linear(Token column) throws IOException {
    Token next = tokens.peek(0);
    boolean power = next.kind() == Kind.OTHER && next.text().equals("^");
    if (power || (next.kind() == Kind.TIMES && !next.first())) {
      throw new MpsContent.Refusal(
          "KLP-007", MpsContent.shown(column.text()) + " is multiplied: not a linear program");
    }
  }
}
