// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** Writes text files that appear when they are complete. */
final class WholeFile {
  /** What writes the text. */
  interface Body {
    void write(Writer out) throws IOException;
  }

  private WholeFile() {}

  /** Writes a file, compressed if its name ends in {@code .gz}. */
  static void write(Path file, Body body) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    Path part = Files.createTempFile(parent, ".", ".part");
    try {
      boolean compressed = file.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
      try (OutputStream raw = Files.newOutputStream(part);
          OutputStream out = compressed ? new GZIPOutputStream(raw) : raw;
          Writer text =
              new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16)) {
        body.write(text);
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** A number that reads back to the same bits, whole ones without a point. */
  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
