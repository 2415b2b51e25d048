// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

/** Which ids may name a file: an id comes from a data file and must not lead out of its folder. */
final class FileNames {
  private static final int MAX_LENGTH = 200;

  private FileNames() {}

  /** Why the id cannot name a file, or the empty string when it can. */
  static String problem(String id) {
    if (id.isBlank()) {
      return "is empty";
    }
    if (id.equals(".") || id.equals("..")) {
      return "would name a folder, not a file";
    }
    if (id.length() > MAX_LENGTH) {
      return "is longer than " + MAX_LENGTH + " characters";
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (c == '/' || c == '\\' || c == ':') {
        return "holds '" + c + "', which a file name cannot";
      }
      if (Character.isISOControl(c) || (Character.isSurrogate(c) && !isPaired(id, i))) {
        return "holds the character number " + (int) c + ", which a file name cannot";
      }
    }
    if (Character.isWhitespace(id.charAt(0))
        || Character.isWhitespace(id.charAt(id.length() - 1))) {
      return "begins or ends with white space";
    }
    return "";
  }

  private static boolean isPaired(String id, int i) {
    return Character.isHighSurrogate(id.charAt(i))
        ? i + 1 < id.length() && Character.isLowSurrogate(id.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(id.charAt(i - 1));
  }

  /** The text on one line and of bearable length, for messages. */
  static String shown(String text) {
    return Shown.of(text);
  }
}
