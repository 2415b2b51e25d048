// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import java.nio.file.Path;

/** Writes words as a shell reads them. */
final class Shell {
  private Shell() {}

  /** A path that can be pasted into a command. */
  static String quoted(Path path) {
    String text = path.toString();
    return text.matches("[\\p{L}\\p{N}_@%+=:,./-]+")
        ? text
        : "'" + text.replace("'", "'\\''") + "'";
  }
}
