// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.text;

import dev.kairos.methods.data.Fingerprint;
import dev.kairos.methods.files.UserFile;
import dev.kairos.tensor.io.DataFormatException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The file with the byte pairs that CLIP's tokeniser merges, {@code bpe_simple_vocab_16e6.txt.gz}
 * of openai/CLIP, compressed or not: a first line that says nothing, and then one pair a line, the
 * most frequent first.
 *
 * <p>Every published CLIP has these pairs. Others would give other numbers for the same text
 * without anyone noticing, so the ones that are read are compared with them by a hash; what comes
 * after the last one that counts is not looked at.
 */
final class ClipVocabulary {
  /** How many pairs count. */
  static final int MERGES = 48_894;

  private static final String FILE_SHA256 =
      "924691ac288e54409236115652ad4aa250f48203de50a9e4722a6ecd48d6804a";

  /** Of the pairs alone, a line each. */
  private static final String MERGES_SHA256 =
      "d308b7377a8ceaa9707a21614fe8c831b9196e197b7aeb69833359362907af02";

  private static final int MAX_BYTES = 1 << 24; // five times what the published one has
  private static final int GZIP = 0x1f8b;
  private static final String CODE = "KFMT-411";
  private static final String ADVICE =
      "take bpe_simple_vocab_16e6.txt.gz of openai/CLIP: 1356917 bytes, SHA-256 " + FILE_SHA256;

  private ClipVocabulary() {}

  /**
   * Reads the pairs.
   *
   * @return two symbols with a space between them each, in order of rank
   * @throws DataFormatException KFMT-411 if there is no such file, or it is another one
   */
  static List<String> read(Path file) throws IOException {
    List<String> lines = text(file).lines().limit(MERGES + 1L).toList();
    if (lines.size() <= MERGES) {
      throw wrong(file, "has " + lines.size() + " lines, expected " + (MERGES + 1) + " or more");
    }
    List<String> merges = lines.subList(1, lines.size());
    String found = Fingerprint.of(String.join("\n", merges) + "\n");
    if (!found.equals(MERGES_SHA256)) {
      throw wrong(
          file,
          ("the pairs in lines 2 to " + (MERGES + 1) + " are not CLIP's: SHA-256 " + found)
              + (", expected " + MERGES_SHA256));
    }
    return merges;
  }

  private static String text(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = UserFile.open(file, CODE, ADVICE);
        InputStream plain = plain(in)) {
      bytes = plain.readNBytes(MAX_BYTES + 1);
    } catch (ZipException | EOFException e) {
      throw wrong(file, "the compressed data are damaged: " + e.getMessage());
    }
    if (bytes.length > MAX_BYTES) {
      throw wrong(file, "holds more than the " + MAX_BYTES + " bytes expected at most");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw wrong(file, "is neither gzip nor UTF-8 text");
    }
  }

  private static InputStream plain(InputStream file) throws IOException {
    InputStream in = new BufferedInputStream(file);
    in.mark(2);
    int magic = in.read() << 8 | in.read();
    in.reset();
    return magic == GZIP ? new GZIPInputStream(in) : in;
  }

  private static DataFormatException wrong(Path file, String problem) {
    return DataFormatException.of(CODE, file, problem, ADVICE);
  }
}
