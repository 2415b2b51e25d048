// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.files;

import dev.kairos.tensor.io.DataFormatException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Opens files that a user names, after looking at what they are: opening a pipe blocks until
 * somebody writes to it, and a device may have no end.
 */
public final class UserFile {
  private static final int TYPE = 0xF000; // of the mode, as stat(2) has it
  private static final int PIPE = 0x1000;
  private static final int SOCKET = 0xC000;
  private static final int GZIP_FIRST = 0x1f; // the two bytes that RFC 1952 begins with
  private static final int GZIP_SECOND = 0x8b;
  private static final int GZIP_BUFFER = 1 << 16;

  private UserFile() {}

  /**
   * Refuses what is not there, or not a regular file or a link to one.
   *
   * @param code the failure's code
   * @param hint what the user can do when there is no such file
   * @throws DataFormatException naming the file and what it is instead
   */
  public static void require(Path file, String code, String hint) {
    if (!Files.exists(file)) {
      throw DataFormatException.of(code, file, "no such file", hint);
    }
    requireRegular(file, code, hint);
  }

  private static void requireRegular(Path file, String code, String hint) {
    if (Files.isDirectory(file)) {
      throw DataFormatException.of(code, file, "is a folder, expected a file", hint);
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw DataFormatException.of(
          code,
          file,
          "is " + kind(file) + ", expected a regular file",
          "write what comes out of it to a file, and name that");
    }
  }

  /** Opens a file after {@link #require}. */
  public static InputStream open(Path file, String code, String hint) throws IOException {
    require(file, code, hint);
    return new BufferedInputStream(Files.newInputStream(file));
  }

  /**
   * Opens a file after {@link #require}, and unpacks it if it begins like gzip. Reading damaged
   * gzip throws {@link java.util.zip.ZipException} or {@link java.io.EOFException}.
   */
  public static InputStream openUnpacked(Path file, String code, String hint) throws IOException {
    InputStream in = open(file, code, hint);
    try {
      in.mark(2);
      boolean packed = in.read() == GZIP_FIRST && in.read() == GZIP_SECOND;
      in.reset();
      return packed ? new GZIPInputStream(in, GZIP_BUFFER) : in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /**
   * Opens a file that was named by itself.
   *
   * @throws java.nio.file.NoSuchFileException if it is not there
   * @throws DataFormatException KDATA-138 if it is not a regular file or a link to one
   */
  public static InputStream open(Path file) throws IOException {
    requireRegular(file, "KDATA-138", "name a file");
    return new BufferedInputStream(Files.newInputStream(file));
  }

  /** The whole text of a file that was named by itself, as {@link #open(Path)} opens it. */
  public static String readString(Path file) throws IOException {
    try (InputStream in = open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String kind(Path file) {
    try {
      int type = (Integer) Files.getAttribute(file, "unix:mode") & TYPE;
      return type == PIPE ? "a pipe" : type == SOCKET ? "a socket" : "a device";
    } catch (IOException | UnsupportedOperationException e) {
      return "a pipe or a device"; // a system that does not tell them apart
    }
  }
}
