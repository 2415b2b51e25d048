// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.kairos.kernels.KairosException;
import dev.kairos.lp.io.MpsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * Why the command stops, as the user reads it.
 *
 * @param code area and number; the area decides the exit code
 * @param message what is wrong and where
 * @param why what led to it, or empty
 * @param hint what to do about it, or empty
 */
record Failure(String code, String message, String why, String hint) {

  /** Finds the words for anything that can be thrown. */
  static Failure of(Throwable e) {
    if (e instanceof KairosException known) {
      String message = words(known);
      return new Failure(known.code(), message, why(message, known), known.hint().orElse(""));
    }
    if (e instanceof MpsException malformed) {
      return new Failure(malformed.code(), words(malformed), "", "");
    }
    if (e instanceof UncheckedIOException wrapped && wrapped.getCause() != null) {
      return ofFile(wrapped.getCause());
    }
    if (e instanceof IOException file) {
      return ofFile(file);
    }
    if (e instanceof OutOfMemoryError) {
      long megabytes = Runtime.getRuntime().maxMemory() >> 20;
      return new Failure(
          "KMEM-001",
          "out of memory with a heap of " + megabytes + " MB: " + words(e),
          "",
          "give the JVM more: KAIROS_JAVA_OPTS=-Xmx" + 2 * megabytes + "m");
    }
    return new Failure(
        "KBUG-001",
        e.getClass().getName() + ": " + words(e),
        "this is a mistake in Kairos, not in what you did",
        "report it with the command line and the trace that --verbose prints");
  }

  /** What led to it, where that says more: the first line, and not what was said before. */
  private static String why(String message, Throwable e) {
    Throwable cause = e.getCause();
    if (cause == null
        || cause.getMessage() == null
        || cause instanceof JsonProcessingException
        || cause instanceof CharacterCodingException) {
      return ""; // the reader of the file has said it in better words
    }
    String why = cause.getMessage().lines().findFirst().orElse("").strip();
    return message.contains(why) ? "" : why;
  }

  private static Failure ofFile(IOException e) {
    String file = e instanceof FileSystemException named ? named.getFile() : null;
    String place = file == null ? "" : file + ": ";
    if (e instanceof NoSuchFileException) {
      return new Failure("KDATA-901", place + "no such file or folder", "", "");
    }
    if (e instanceof AccessDeniedException) {
      return new Failure("KDATA-902", place + "permission denied", "", "");
    }
    if (e instanceof FileAlreadyExistsException) {
      return new Failure(
          "KDATA-904", place + "exists already, and is not overwritten", "", "give another name");
    }
    if (e instanceof NotDirectoryException) {
      return new Failure("KDATA-905", place + "not a folder", "", "");
    }
    String reason = e instanceof FileSystemException named ? named.getReason() : null;
    return new Failure("KDATA-903", place + (reason == null ? words(e) : reason), "", "");
  }

  private static String words(Throwable e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  /** What the command line promises for each area. */
  int exitCode() {
    int dash = code.indexOf('-');
    return switch (dash < 0 ? code : code.substring(0, dash)) {
      case "KNUM", "KMEM", "KDEV" -> 1;
      case "KUSE", "KCONF" -> 2;
      case "KDATA", "KFMT", "KLP" -> 3;
      case "KINT" -> 4;
      default -> 70;
    };
  }
}
