// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine's name without asking a network. */
final class HostName {
  private HostName() {}

  /** Letters, digits, hyphens and underscores alone. */
  static String here() {
    String name = System.getenv("HOSTNAME");
    if (name == null || name.isBlank()) {
      try {
        name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
      } catch (IOException e) {
        name = "localhost"; // elsewhere than on Linux; only a word for people
      }
    }
    return name.replaceAll("[^A-Za-z0-9_-]", "-");
  }
}
