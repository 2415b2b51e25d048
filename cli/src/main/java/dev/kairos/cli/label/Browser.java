// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli.label;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Opens the user's browser where there is one; nobody is bothered where there is none. */
public final class Browser {
  private final Map<String, String> environment;
  private final String system;

  /**
   * What the machine has.
   *
   * @param environment its variables
   * @param system the name of the operating system
   */
  public Browser(Map<String, String> environment, String system) {
    this.environment = Map.copyOf(environment);
    this.system = system.toLowerCase(Locale.ROOT);
  }

  /** Tries to show a page; returns whether something was started that should. */
  public boolean open(URI page) {
    List<String> command = command(page);
    if (command.isEmpty()) {
      return false;
    }
    try {
      new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      return true;
    } catch (IOException e) {
      return false; // the address was printed
    }
  }

  /** What would open it; empty where nothing does. */
  List<String> command(URI page) {
    if (system.startsWith("windows")) {
      return List.of("rundll32", "url.dll,FileProtocolHandler", page.toString());
    }
    if (system.contains("mac")) {
      return List.of("open", page.toString());
    }
    boolean screen =
        environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY");
    return screen && isOnPath("xdg-open") ? List.of("xdg-open", page.toString()) : List.of();
  }

  private boolean isOnPath(String program) {
    for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }
}
