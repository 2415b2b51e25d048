// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn;

import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.ElementType;
import dev.kairos.tensor.io.NpyArray;
import dev.kairos.tensor.io.SafetensorsFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * A hash over the whole content of a checkpoint, kept in its metadata: a damaged or mixed file is
 * noticed without a second file. The hash is over names, types, shapes, bits and all other texts,
 * and not over the bytes of the file, which would hold itself.
 */
public final class CheckpointSeal {
  /** The text that holds the hash. Files without it are taken as they are. */
  public static final String KEY = "kairos.content_sha256";

  private static final int BLOCK = 1 << 13;

  private CheckpointSeal() {}

  /**
   * The texts with the hash among them.
   *
   * @param arrays the tensors of the file
   * @param metadata its other texts
   */
  public static Map<String, String> seal(
      Map<String, NpyArray> arrays, Map<String, String> metadata) {
    Map<String, String> sealed = new TreeMap<>(metadata);
    sealed.put(KEY, hash(arrays, metadata));
    return sealed;
  }

  /**
   * Holds a file against its hash, if it has one.
   *
   * @throws DataFormatException if something in it is not what was written
   */
  public static void check(Path file, SafetensorsFile content) {
    String expected = content.metadata().get(KEY);
    if (expected != null && !expected.equals(hash(content.tensors(), content.metadata()))) {
      throw DataFormatException.of(
          "KFMT-304",
          file,
          "SHA-256 differs from the one it holds: the file was damaged or changed",
          "restore the file from a copy");
    }
  }

  private static String hash(Map<String, NpyArray> arrays, Map<String, String> metadata) {
    MessageDigest digest = digest();
    new TreeMap<>(metadata)
        .forEach(
            (key, text) -> {
              if (!key.equals(KEY)) {
                text(digest, key);
                text(digest, text);
              }
            });
    text(digest, "");
    ByteBuffer block = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
    new TreeMap<>(arrays)
        .forEach(
            (name, array) -> {
              text(digest, name);
              text(digest, array.type() + Arrays.toString(array.shape()));
              bits(digest, array, block);
            });
    return HexFormat.of().formatHex(digest.digest());
  }

  /** With its length before it, so that two texts are never taken for two others. */
  private static void text(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    digest.update(bytes);
  }

  /** Checkpoints hold these two types; of any other the type alone gives the change away. */
  private static void bits(MessageDigest digest, NpyArray array, ByteBuffer block) {
    if (array.type() == ElementType.F32) {
      for (float value : array.toFloats()) {
        block.putInt(Float.floatToRawIntBits(value));
        flushFull(digest, block);
      }
    } else if (array.type() == ElementType.F64) {
      for (double value : array.toDoubles()) {
        block.putLong(Double.doubleToRawLongBits(value));
        flushFull(digest, block);
      }
    }
    digest.update(block.flip());
    block.clear();
  }

  private static void flushFull(MessageDigest digest, ByteBuffer block) {
    if (!block.hasRemaining()) {
      digest.update(block.flip());
      block.clear();
    }
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
