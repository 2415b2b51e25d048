// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import java.nio.file.Path;

/** Writes words as a shell reads them. */
final class Shell {
  private Shell() {}

  /** A path that can be pasted into a command. */
  static String quoted(Path path) {
    return quoted(path.toString());
  }

  /** A text that can be pasted into a command. */
  static String quoted(String text) {
    return text.matches("[\\p{L}\\p{N}_@%+=:,./-]+")
        ? text
        : "'" + text.replace("'", "'\\''") + "'";
  }
}
