// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.files;

import dev.kairos.tensor.io.DataFormatException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipException;

/** Reads text files of users: they must be UTF-8 and not too long. */
public final class TextFile {
  /** What is wrong with a file whose gzip does not unpack. */
  public static final String DAMAGED = "damaged gzip: cut off, or changed on its way";

  private TextFile() {}

  /**
   * The whole text, without a byte order mark.
   *
   * @param maxBytes how long it may be
   * @param hint what to do where there is no such file
   * @throws DataFormatException if it is missing, longer or not UTF-8
   */
  public static String read(Path file, int maxBytes, String hint) throws IOException {
    try (InputStream in = UserFile.open(file, "KDATA-101", hint)) {
      return text(file, in.readNBytes(maxBytes + 1), maxBytes);
    }
  }

  /** The same of a file that may be gzip; it counts as long as it is unpacked. */
  public static String readUnpacked(Path file, int maxBytes, String hint) throws IOException {
    try (InputStream in = UserFile.openUnpacked(file, "KDATA-101", hint)) {
      return text(file, in.readNBytes(maxBytes + 1), maxBytes);
    } catch (ZipException | EOFException e) {
      throw DataFormatException.of("KDATA-101", file, DAMAGED, "get the file again");
    }
  }

  private static String text(Path file, byte[] bytes, int maxBytes) {
    if (bytes.length > maxBytes) {
      throw DataFormatException.of(
          "KDATA-101", file, "larger than the " + maxBytes + " bytes expected at most");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw DataFormatException.of("KDATA-101", file, "not UTF-8 text", e);
    }
  }
}
