// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/**
 * Compressed files: whole, in several members, damaged in any place, and far larger than they look.
 */
class MpsGzipTest {
  private static final byte[] TEXT =
      """
      NAME G
      ROWS
       N COST
       L LIM
      COLUMNS
       X COST -1 LIM 1
      RHS
       RHS LIM 4.0
      ENDATA
      behind the end
      """
          .getBytes(StandardCharsets.UTF_8);

  private static byte[] packed(byte[] text, int level) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        new GZIPOutputStream(bytes) {
          {
            def.setLevel(level);
          }
        }) {
      out.write(text);
    }
    return bytes.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  private static double limit(byte[] bytes) throws IOException {
    return Mps.read(new ByteArrayInputStream(bytes), "g.mps.gz").program().rowUpper(0);
  }

  private static MpsException refused(byte[] bytes) {
    return assertThrows(MpsException.class, () -> limit(bytes));
  }

  @Test
  void everyFlippedBitIsNoticedUnlessItChangesNothing() throws IOException {
    int accepted = 0;
    for (int level : new int[] {Deflater.NO_COMPRESSION, Deflater.BEST_COMPRESSION}) {
      byte[] good = packed(TEXT, level);
      assertEquals(4, limit(good));
      for (int bit = 0; bit < 8 * good.length; bit++) {
        byte[] bad = good.clone();
        bad[bit / 8] ^= (byte) (1 << bit % 8);
        try {
          assertEquals(4, limit(bad), "level " + level + ", bit " + bit);
          accepted++;
        } catch (MpsException e) {
          assertTrue(e.code().matches("KLP-00[158]"), e.toString());
        }
      }
    }
    assertEquals(2 * 8 * 6, accepted, 16, "time, level and system in the header mean nothing");
  }

  @Test
  void everyCutIsNoticed() throws IOException {
    byte[] good = packed(TEXT, Deflater.DEFAULT_COMPRESSION);
    for (int length = 2; length < good.length; length++) {
      assertEquals("KLP-005", refused(Arrays.copyOf(good, length)).code(), "cut at " + length);
    }
  }

  @Test
  void membersAreOneTextAndZerosMayFollow() throws IOException {
    int half = TEXT.length / 2;
    byte[] first = packed(Arrays.copyOf(TEXT, half), 9);
    byte[] second = packed(Arrays.copyOfRange(TEXT, half, TEXT.length), 9);
    assertEquals(4, limit(joined(first, second)));
    assertEquals(4, limit(joined(first, packed(new byte[0], 9), second, new byte[70_000])));
    byte[] broken = second.clone();
    broken[broken.length - 5] ^= 1;
    assertEquals("KLP-005", refused(joined(first, broken)).code());
  }

  @Test
  void anythingElseBehindTheEndIsRefused() throws IOException {
    byte[] good = packed(TEXT, 9);
    for (byte[] tail : new byte[][] {{'x'}, {0, 1}, {0x1f}, {0x1f, (byte) 0x8b}, TEXT}) {
      assertEquals("KLP-005", refused(joined(good, tail)).code(), Arrays.toString(tail));
    }
  }

  @Test
  void headersWithNameCommentAndSum() throws IOException {
    byte[] good = packed(TEXT, 9);
    byte[] extra = {2, 0, 'e', 'x'};
    byte[] names = "a.mps\0a comment\0".getBytes(StandardCharsets.UTF_8);
    byte[] header = joined(Arrays.copyOf(good, 10), extra, names);
    header[3] = 0x1e;
    CRC32 sum = new CRC32();
    sum.update(header);
    byte[] half = {(byte) sum.getValue(), (byte) (sum.getValue() >> 8)};
    byte[] rest = Arrays.copyOfRange(good, 10, good.length);
    assertEquals(4, limit(joined(header, half, rest)));
    half[0] ^= 1;
    assertTrue(refused(joined(header, half, rest)).problem().contains("header"));
  }

  @Test
  void damageIsTheReasonEvenWhereALineFailsFirst() throws IOException {
    byte[] text =
        new String(TEXT, StandardCharsets.UTF_8)
            .replace("4.0", "4x0")
            .getBytes(StandardCharsets.UTF_8);
    byte[] bytes = packed(text, Deflater.NO_COMPRESSION);
    assertEquals("KLP-002", refused(bytes).code());
    bytes[bytes.length - 6] ^= 1;
    assertEquals("KLP-005", refused(bytes).code());
  }

  @Test
  void aFileThatUnpacksBeyondAllMeasureIsRefused() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] comment = ("*" + " ".repeat(65_000) + "\n").getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = new GZIPOutputStream(bytes, 1 << 16)) {
      for (long written = 0; written < 300L << 20; written += comment.length) {
        out.write(comment);
      }
    }
    MpsException e = refused(bytes.toByteArray());
    assertEquals("KLP-006", e.code());
    assertTrue(e.problem().contains("200 times"), e.problem());
  }
}
