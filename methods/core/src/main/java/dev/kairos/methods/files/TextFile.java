// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.files;

import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads text files of users: they must be UTF-8 and not too long. */
public final class TextFile {
  private TextFile() {}

  /**
   * The whole text, without a byte order mark.
   *
   * @param maxBytes how long it may be
   * @param hint what to do where there is no such file
   * @throws DataFormatException if it is missing, longer or not UTF-8
   */
  public static String read(Path file, int maxBytes, String hint) throws IOException {
    byte[] bytes;
    try (InputStream in = UserFile.open(file, "KDATA-101", hint)) {
      bytes = in.readNBytes(maxBytes + 1);
    }
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
