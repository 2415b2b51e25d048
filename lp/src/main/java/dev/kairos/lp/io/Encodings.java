// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import java.nio.file.Path;
import java.util.Arrays;

/** Tells from its first bytes what a file is that is no text in UTF-8. */
final class Encodings {
  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private Encodings() {}

  /** The length of the byte order mark that editors of Windows write before UTF-8. */
  static int markLength(byte[] begin) {
    boolean marked = begin.length >= 3 && Arrays.equals(begin, 0, 3, MARK, 0, 3);
    return marked ? MARK.length : 0;
  }

  /**
   * Refuses text in two or four bytes a character, and archives other than gzip.
   *
   * @param begin the first bytes, up to four
   */
  static void requireText(byte[] begin, Path file) {
    String archive = archive(begin);
    if (!archive.isEmpty()) {
      throw new MpsException(
          "KLP-008", file, 0, "is compressed by " + archive + "; unpack it, or use gzip");
    }
    if (begin.length >= 2 && isWide(begin)) {
      throw new MpsException("KLP-008", file, 0, "is text in UTF-16, expected UTF-8");
    }
  }

  private static boolean isWide(byte[] b) {
    boolean marked = starts(b, 0xff, 0xfe) || starts(b, 0xfe, 0xff);
    return marked || b[0] == 0 || b[1] == 0; // beside a letter of ASCII
  }

  private static String archive(byte[] b) {
    if (starts(b, 'B', 'Z', 'h')) {
      return "bzip2";
    }
    if (starts(b, 'P', 'K', 3, 4)) {
      return "zip";
    }
    if (starts(b, 0xfd, '7', 'z', 'X')) {
      return "xz";
    }
    return starts(b, 0x28, 0xb5, 0x2f, 0xfd) ? "zstd" : "";
  }

  private static boolean starts(byte[] bytes, int... begin) {
    if (bytes.length < begin.length) {
      return false;
    }
    for (int i = 0; i < begin.length; i++) {
      if ((bytes[i] & 0xff) != begin[i]) {
        return false;
      }
    }
    return true;
  }
}
