// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pseudolabel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.Npy;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Hard and soft labels, sampled and at own length: what is written is read, and nothing else. */
class LabelsTest {
  private static final List<String> NAMES = List.of("b", "a");
  private static final PseudoLabels HARD = hard(new int[] {0, -1, 2}, new int[] {1, 1, 0});
  private static final PseudoLabels OWN =
      PseudoLabels.ofOwnLength(NAMES, new int[][] {{0, -1, 2}, {1}}, 2);
  private static final SoftLabels SOFT =
      SoftLabels.sampled(NAMES, new float[][] {{0, 0.25f, 1, 0.5f}, {0.5f, 0.5f, 0, 0}}, 2);
  private static final SoftLabels SOFT_OWN =
      SoftLabels.ofOwnLength(NAMES, new float[][] {{0, 0.25f, 1, 0.5f}, {0.75f, 0.5f}}, 2);

  @TempDir Path folder;

  private static PseudoLabels hard(int[]... labels) {
    return new PseudoLabels(NAMES, labels, 2);
  }

  @Test
  void everyKindIsReadAsItWasWritten() throws IOException {
    for (Labels written : List.of(HARD, SOFT_OWN, SOFT, OWN)) {
      written.write(folder); // over the files of the kind before
      Labels read = Labels.read(folder, 2, 2);
      assertEquals(written, read);
      assertEquals(written.hashCode(), read.hashCode());
      assertEquals(written.toString(), read.toString());
      assertEquals(NAMES, read.recordings());
      assertEquals(written.length(1), read.length(1));
    }
    assertNotEquals(HARD, OWN);
    assertNotEquals(SOFT, SOFT_OWN);
  }

  @Test
  void layoutsOnDisk() throws IOException {
    OWN.write(folder);
    assertArrayEquals(new int[] {4}, Npy.read(folder.resolve(Labels.LABELS)).shape());
    assertArrayEquals(new int[] {3, 1}, Npy.read(folder.resolve(Labels.LENGTHS)).toInts());
    SOFT_OWN.write(folder);
    assertEquals("F32 [3, 2]", Npy.read(folder.resolve(Labels.LABELS)).toString());
    SOFT.write(folder);
    assertEquals("F32 [2, 2, 2]", Npy.read(folder.resolve(Labels.LABELS)).toString());
  }

  /** The two files that refinement has always left, and no third. */
  @Test
  void sampledHardLabelsAreTwoFilesAsEver() throws IOException {
    HARD.write(folder);
    assertFalse(Files.exists(folder.resolve(Labels.LENGTHS)));
    byte[] header = new byte[128];
    String text =
        "{'descr': '<i4', 'fortran_order': False, 'shape': (2, 3), }" + " ".repeat(58) + "\n";
    System.arraycopy(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118}, 0, header, 0, 9);
    byte[] bytes = Files.readAllBytes(folder.resolve(PseudoLabels.LABELS));
    assertEquals(128 + 6 * 4, bytes.length);
    for (int i = 0; i < 10; i++) {
      assertEquals(header[i], bytes[i], "byte " + i);
    }
    assertEquals(text, new String(bytes, 10, 118, StandardCharsets.US_ASCII));
    assertArrayEquals(
        new byte[] {0, 0, 0, 0, -1, -1, -1, -1, 2, 0, 0, 0}, Arrays.copyOfRange(bytes, 128, 140));
  }

  @Test
  void copiesGoInAndOut() {
    float[][] given = {{0.5f}, {1}};
    SoftLabels labels = SoftLabels.sampled(NAMES, given, 1);
    given[0][0] = 0;
    labels.of(0)[0] = 0;
    assertArrayEquals(new float[] {0.5f}, labels.of(0));
    float[] rows = new float[5];
    SOFT_OWN.copyRows(0, new int[] {1, 0}, rows, 1);
    assertArrayEquals(new float[] {0, 1, 0.5f, 0, 0.25f}, rows);
  }

  @Test
  void hardLabelsOfSoftOnes() {
    PseudoLabels hard = SOFT.hard(0.5, 2);
    assertArrayEquals(new int[] {PseudoLabels.NONE, 0}, hard.of(0));
    assertArrayEquals(new int[] {0, PseudoLabels.NONE}, hard.of(1)); // the first of equals
    assertTrue(hard.sampled());
    PseudoLabels own = SOFT_OWN.hard(0.2, 1);
    assertArrayEquals(new int[] {1, 0}, own.of(0)); // channel 1 is background
    assertFalse(own.sampled());
    assertThrows(IllegalArgumentException.class, () -> SOFT.hard(0.5, 3));
  }

  @Test
  void softLabelsMayBeOfAnySignAndSize() throws IOException {
    float[][] values = {{-0.25f, 3}, {0, 1}};
    SoftLabels any = SoftLabels.ofOwnLength(NAMES, values, 2);
    any.write(folder);
    assertEquals(any, Labels.read(folder, 2, 2));
    assertArrayEquals(values[0], any.of(0));
  }

  /** Of 7 snippets 0, 2 and 4 are sampled; of 2 snippets 0, 0 and 1. */
  @Test
  void sampledLabelsSpreadToOwnLength() {
    float[][] values = {{0.1f, 0.2f, 0.3f}, {0.4f, 0.5f, 0.6f}};
    SoftLabels sampled = SoftLabels.sampled(NAMES, values, 1);
    int[][] places = {{0, 2, 4}, {0, 0, 1}};
    SoftLabels own = sampled.atOwnLength(places, new int[] {7, 2});
    assertFalse(own.sampled());
    assertArrayEquals(new float[] {0.1f, 0.1f, 0.2f, 0.2f, 0.3f, 0.3f, 0.3f}, own.of(0));
    assertArrayEquals(new float[] {0.4f, 0.6f}, own.of(1));
    refuses("2 recordings", () -> sampled.atOwnLength(places, new int[] {7}));
    refuses("needs 3 places", () -> sampled.atOwnLength(new int[][] {{0}, {0}}, new int[] {7, 2}));
  }

  private static void refuses(String part, Executable labels) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, labels);
    assertTrue(String.valueOf(e.getMessage()).contains(part), e::getMessage);
  }

  @Test
  void refusesWhatAreNoLabels() {
    refuses("a multiple of 2", () -> SoftLabels.ofOwnLength(NAMES, new float[][] {{0}, {0}}, 2));
    refuses("'a' needs at least", () -> SoftLabels.ofOwnLength(NAMES, new float[][] {{0}, {}}, 1));
    refuses("as the first", () -> SoftLabels.sampled(NAMES, new float[][] {{0}, {0, 0}}, 1));
    refuses("needs a channel", () -> SoftLabels.sampled(NAMES, new float[][] {{0}, {0}}, 0));
    for (float none : new float[] {Float.NEGATIVE_INFINITY, Float.NaN}) {
      refuses(
          "'a', snippet 1, channel 0: expected a finite value, found " + none,
          () -> SoftLabels.ofOwnLength(NAMES, new float[][] {{0, 0}, {0, 0, none, 0}}, 2));
    }
    refuses("found 3", () -> PseudoLabels.ofOwnLength(NAMES, new int[][] {{0}, {1, 3}}, 2));
    assertThrows(IllegalStateException.class, OWN::snippets);
  }

  private void damaged(Labels good, String file, NpyArray by, String code, String part)
      throws IOException {
    good.write(folder);
    Npy.write(folder.resolve(file), by);
    DataFormatException e =
        assertThrows(DataFormatException.class, () -> Labels.read(folder, 2, 2));
    assertEquals(code, e.code());
    assertTrue(String.valueOf(e.getMessage()).contains(part), e::getMessage);
  }

  @Test
  void refusesFilesThatDoNotBelongTogether() throws IOException {
    String labels = Labels.LABELS;
    String lengths = Labels.LENGTHS;
    damaged(OWN, lengths, NpyArray.ofInts(new int[] {3, 2}, 2), "KFMT-232", "5 snippets");
    damaged(OWN, lengths, NpyArray.ofInts(new int[] {5, -1}, 2), "KFMT-232", "at least one");
    damaged(OWN, lengths, NpyArray.ofInts(new int[] {4}, 1), "KFMT-232", "2 recordings, 1 rows");
    damaged(OWN, lengths, NpyArray.ofFloats(new float[2], 2), "KFMT-231", "expected I32 [V]");
    damaged(SOFT, labels, NpyArray.ofFloats(new float[8], 2, 4), "KFMT-231", "[V,S,2] or [N,2]");
    damaged(SOFT, labels, NpyArray.ofFloats(new float[2], 2), "KFMT-231", "found F32 [2]");
    NpyArray none = NpyArray.ofFloats(new float[] {0, Float.NaN, 0, 0}, 2, 1, 2);
    damaged(SOFT, labels, none, "KFMT-232", "'b', snippet 0, channel 1");
    SOFT.write(folder);
    assertThrows(DataFormatException.class, () -> PseudoLabels.read(folder, 2));
    OWN.write(folder);
    Files.delete(folder.resolve(lengths));
    assertThrows(DataFormatException.class, () -> Labels.read(folder, 2, 2));
  }
}
