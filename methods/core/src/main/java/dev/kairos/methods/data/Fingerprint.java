// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.methods.files.UserFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 hashes, in hexadecimal, that tell whether two runs had the same data and settings. */
public final class Fingerprint {
  private static final int BLOCK = 1 << 16;

  private Fingerprint() {}

  /** Of a file's bytes. */
  public static String of(Path file) throws IOException {
    MessageDigest digest = sha256();
    byte[] block = new byte[BLOCK];
    try (InputStream in = UserFile.open(file)) {
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        digest.update(block, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Of a text in UTF-8. */
  public static String of(String text) {
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Of the length, the width and all values of a sequence. */
  public static String of(FeatureSequence features) {
    MessageDigest digest = sha256();
    ByteBuffer row = ByteBuffer.allocate(Float.BYTES * features.width());
    digest.update(features.toString().getBytes(StandardCharsets.UTF_8));
    for (int t = 0; t < features.length(); t++) {
      for (int d = 0; d < features.width(); d++) {
        row.putFloat(features.get(t, d));
      }
      digest.update(row.flip());
      row.clear();
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
