// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pseudolabel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.ElementType;
import dev.kairos.tensor.io.Npy;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PseudoLabelsTest {
  private static final int CLASSES = 3;
  private static final List<String> NAMES = List.of("b", "a", "ü 漢");

  @TempDir Path folder;

  private static PseudoLabels some(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[][] labels = new int[NAMES.size()][];
    for (int v = 0; v < labels.length; v++) {
      labels[v] = random.ints(7, PseudoLabels.NONE, CLASSES + 1).toArray();
    }
    return new PseudoLabels(NAMES, labels, CLASSES);
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    for (long seed = 0; seed < 20; seed++) {
      PseudoLabels written = some(seed);
      written.write(folder);
      PseudoLabels read = PseudoLabels.read(folder, CLASSES);
      assertEquals(written, read, "seed " + seed);
      assertEquals(NAMES, read.recordings());
      assertEquals(7, read.snippets());
      assertArrayEquals(written.of(2), read.of(2));
    }
    NpyArray array = Npy.read(folder.resolve(PseudoLabels.LABELS));
    assertEquals(ElementType.I32, array.type());
    assertArrayEquals(new int[] {3, 7}, array.shape());
    assertNotEquals(some(1), some(2));
  }

  @Test
  void arraysGoInAndOutAsCopies() {
    int[][] given = {{0, 1}};
    PseudoLabels labels = new PseudoLabels(List.of("a"), given, CLASSES);
    given[0][0] = 2;
    labels.of(0)[1] = 2;
    assertArrayEquals(new int[] {0, 1}, labels.of(0));
  }

  private static void refuses(String part, List<String> names, int[]... labels) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> new PseudoLabels(names, labels, CLASSES));
    assertTrue(String.valueOf(e.getMessage()).contains(part), e::getMessage);
  }

  @Test
  void refusesWhatAreNoLabels() {
    refuses("0 recordings", List.of());
    refuses("2 recordings, 1 rows", List.of("a", "b"), new int[] {0});
    refuses("comes twice", List.of("a", "a"), new int[] {0}, new int[] {0});
    refuses("at least one", List.of("a"), new int[0]);
    refuses("'b' needs as many", List.of("a", "b"), new int[] {0, 1}, new int[] {0});
    refuses("snippet 1: expected a label in [-1, 3], found 4", List.of("a"), new int[] {3, 4});
    refuses("found -2", List.of("a"), new int[] {-2});
  }

  private void replace(String file, NpyArray by, String code, String part) throws IOException {
    some(1).write(folder);
    Npy.write(folder.resolve(file), by);
    DataFormatException e =
        assertThrows(DataFormatException.class, () -> PseudoLabels.read(folder, CLASSES));
    String message = String.valueOf(e.getMessage());
    assertEquals(code, e.code());
    assertTrue(message.contains(part) && message.contains(folder.toString()), message);
    assertEquals(1, message.lines().count());
  }

  @Test
  void refusesFilesThatAreNoLabels() throws IOException {
    String labels = PseudoLabels.LABELS;
    String names = PseudoLabels.RECORDINGS;
    replace(labels, NpyArray.ofFloats(new float[6], 3, 2), "KFMT-231", "found F32 [3, 2]");
    replace(labels, NpyArray.ofInts(new int[6], 1, 2, 3), "KFMT-231", "expected I32 [V,S]");
    replace(labels, NpyArray.ofInts(new int[] {0, 1, 9}, 3, 1), "KFMT-232", "found 9");
    replace(labels, NpyArray.ofInts(new int[4], 2, 2), "KFMT-232", "3 recordings, 2 rows");
    replace(labels, NpyArray.ofInts(new int[0], 3, 0), "KFMT-232", "at least one");
    replace(labels, NpyArray.ofInts(new int[0], 0, 3), "KFMT-232", "0 rows");
    replace(names, NpyArray.ofInts(new int[3], 3), "KFMT-231", "expected STRING [V]");
    replace(names, NpyArray.ofStrings(new String[] {"a", "b", "a"}, 3), "KFMT-232", "twice");
  }

  @Test
  void refusesMissingFiles() throws IOException {
    for (String name : List.of(PseudoLabels.LABELS, PseudoLabels.RECORDINGS)) {
      some(1).write(folder);
      Files.delete(folder.resolve(name));
      DataFormatException e =
          assertThrows(DataFormatException.class, () -> PseudoLabels.read(folder, CLASSES));
      assertTrue(String.valueOf(e.getMessage()).contains(name), e::getMessage);
    }
  }
}
