// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli.report;

import java.util.Locale;

/**
 * HTML as it grows. Text from outside goes through {@link #text}; nothing else comes from there.
 */
final class Markup {
  private final StringBuilder out = new StringBuilder();

  /** Markup of our own. */
  Markup raw(String html) {
    out.append(html);
    return this;
  }

  /** Anybody's text, for element content and quoted attributes alike. */
  Markup text(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c == 0 || (c < ' ' && c != '\n' && c != '\t') ? '\ufffd' : c);
      }
    }
    return this;
  }

  /** Text in an element. */
  Markup element(String name, String text) {
    return raw("<" + name + ">").text(text).raw("</" + name.split(" ", 2)[0] + ">");
  }

  /** A number with so many digits after the point. */
  static String fixed(double value, int digits) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + digits + "f", value) : "–";
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
