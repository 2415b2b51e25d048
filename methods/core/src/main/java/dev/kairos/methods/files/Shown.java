// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.files;

import java.util.Collection;
import java.util.List;

/** Quotes text from users and files in messages. */
public final class Shown {
  private static final int LONGEST = 80;
  private static final int MOST = 10;

  private Shown() {}

  /** The text on one line and of bearable length: what does not fit is cut, and dots say so. */
  public static String of(String text) {
    StringBuilder line = new StringBuilder();
    int end = Math.min(text.length(), LONGEST);
    if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--; // half a character would not print
    }
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      line.append(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? '?' : c);
    }
    return end < text.length() ? line + "..." : line.toString();
  }

  /** Names with commas between them: the first few, and how many more there are. */
  public static String some(Collection<String> names) {
    List<String> shown = names.stream().limit(MOST).map(Shown::of).toList();
    int more = names.size() - shown.size();
    return String.join(", ", shown) + (more == 0 ? "" : " and " + more + " more");
  }
}
