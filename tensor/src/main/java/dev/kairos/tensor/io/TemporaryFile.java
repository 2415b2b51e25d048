// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of files that are still being written, and who writes them. A name carries the number
 * of its process, so that another one can tell a left-over from a file that is about to be moved
 * into place.
 */
final class TemporaryFile {
  private static final Pattern NAME = Pattern.compile("\\.kairos-(\\d{1,18})-[^/]*\\.tmp");

  /** Systems round the start of a process to a second or less. */
  private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(2);

  private TemporaryFile() {}

  static String name(long nanos) {
    long pid = ProcessHandle.current().pid();
    return ".kairos-" + pid + "-" + Long.toUnsignedString(nanos, Character.MAX_RADIX) + ".tmp";
  }

  static boolean is(Path file) {
    return NAME.matcher(String.valueOf(file.getFileName())).matches();
  }

  /**
   * Whether the process that made the file lives. A number is used again and again: it is the same
   * process only if it is older than the file, of the same user and program.
   */
  static boolean isBeingWritten(Path file) throws IOException {
    Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
    if (!name.matches()) {
      return false;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(name.group(1)));
    if (process.isEmpty() || !process.get().isAlive()) {
      return false;
    }
    ProcessHandle.Info writer = process.get().info();
    Instant written = Files.getLastModifiedTime(file).toInstant().plus(CLOCKS_DIFFER);
    String owner = Files.getOwner(file).getName();
    return writer.startInstant().map(start -> !start.isAfter(written)).orElse(true)
        && writer.user().map(owner::equals).orElse(true)
        && runsJava(writer);
  }

  private static boolean runsJava(ProcessHandle.Info process) {
    Optional<String> own = ProcessHandle.current().info().command().map(TemporaryFile::program);
    return own.isEmpty() || process.command().map(TemporaryFile::program).equals(own);
  }

  private static String program(String command) {
    return String.valueOf(Path.of(command).getFileName());
  }
}
