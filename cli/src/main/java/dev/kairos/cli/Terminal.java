// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What messages are shown on.
 *
 * @param live whether a line can be drawn again, as a progress bar does
 * @param columns its width in characters
 * @param unicode whether it shows more than ASCII
 */
record Terminal(boolean live, int columns, boolean unicode) {
  private static final int USUAL_COLUMNS = 80;

  /**
   * Reads the surroundings. The start script says in {@code kairos.columns} that standard error is
   * a terminal, and how wide. Without the script only Linux tells, and not how wide.
   */
  static Terminal of(Map<String, String> environment, Properties properties) {
    boolean dumb = environment.getOrDefault("TERM", "").equals("dumb");
    String columns = properties.getProperty("kairos.columns", "");
    boolean sized = columns.matches("[1-9][0-9]{0,4}");
    boolean live = !dumb && (sized || standardErrorIsTerminal());
    String locale =
        Stream.of("LC_ALL", "LC_CTYPE", "LANG")
            .map(name -> environment.getOrDefault(name, ""))
            .filter(value -> !value.isEmpty())
            .findFirst()
            .orElse("")
            .toUpperCase(Locale.ROOT);
    return new Terminal(
        live, sized ? Integer.parseInt(columns) : USUAL_COLUMNS, locale.contains("UTF"));
  }

  private static boolean standardErrorIsTerminal() {
    try {
      Path device = Files.readSymbolicLink(Path.of("/proc/self/fd/2"));
      return device.startsWith("/dev/pts") || device.toString().startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return false; // not Linux: plain lines are never wrong
    }
  }
}
