// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pseudolabel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.contract.Campaign;
import dev.kairos.methods.data.Mutation;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.Npy;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files of labels are refused in one line, or hold labels that are written the same. */
class LabelFilesFuzzTest {
  private static final int CLASSES = 3;

  @TempDir Path folder;

  /** One label file's name among those that labels of any kind have. */
  private static String name(SplittableRandom random) {
    return List.of(Labels.LABELS, Labels.LENGTHS, Labels.RECORDINGS).get(random.nextInt(3));
  }

  private static Labels some(SplittableRandom random) {
    int size = 1 + random.nextInt(3);
    List<String> names = List.of("a", "b", "ü 漢").subList(0, size);
    boolean sampled = random.nextBoolean();
    int channels = random.nextBoolean() ? 0 : CLASSES;
    int length = 1 + random.nextInt(4);
    int[][] hard = new int[size][];
    float[][] soft = new float[size][];
    for (int v = 0; v < size; v++) {
      int own = sampled ? length : 1 + random.nextInt(4);
      hard[v] = random.ints(own, PseudoLabels.NONE, CLASSES + 1).toArray();
      soft[v] = new float[own * CLASSES];
      for (int i = 0; i < soft[v].length; i++) {
        soft[v][i] = random.nextInt(5) / 4f;
      }
    }
    if (channels == 0) {
      return sampled
          ? new PseudoLabels(names, hard, CLASSES)
          : PseudoLabels.ofOwnLength(names, hard, CLASSES);
    }
    return sampled
        ? SoftLabels.sampled(names, soft, CLASSES)
        : SoftLabels.ofOwnLength(names, soft, CLASSES);
  }

  @Test
  void arrays() {
    int[] counts = new int[2];
    Campaign.run(
        500,
        150,
        random -> {
          Labels written = some(random);
          written.write(folder);
          assertEquals(written, Labels.read(folder, CLASSES, CLASSES));
          damage(random);
          try {
            Labels read = Labels.read(folder, CLASSES, CLASSES);
            Path again = Files.createDirectories(folder.resolve("again"));
            read.write(again);
            assertEquals(read, Labels.read(again, CLASSES, CLASSES));
            counts[0]++;
          } catch (DataFormatException e) {
            oneLine(e);
            counts[1]++;
          }
        });
    assertTrue(counts[0] > 0 && counts[1] > 0, counts[0] + " read, " + counts[1] + " refused");
  }

  private void damage(SplittableRandom random) throws IOException {
    Path file = folder.resolve(name(random));
    switch (random.nextInt(4)) {
      case 0 -> Files.deleteIfExists(file);
      case 1 -> {
        int rank = random.nextInt(4);
        int[] shape = random.ints(rank, 0, 4).toArray();
        int size = 1;
        for (int each : shape) {
          size *= each;
        }
        Npy.write(
            file,
            random.nextBoolean()
                ? NpyArray.ofInts(random.ints(size, -2, 5).toArray(), shape)
                : NpyArray.ofFloats(new float[size], shape));
      }
      case 2 -> {
        if (Files.exists(file)) {
          byte[] bytes = Files.readAllBytes(file);
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
          Files.write(file, bytes);
        }
      }
      default -> some(random).write(folder); // of another kind, over the first
    }
  }

  @Test
  void qualityAndOrigin() throws IOException {
    Path file = folder.resolve(LabelQualityFile.NAME);
    LabelQualityFile.write(
        file, new LabelQuality(4, 3, 8), new LabelOrigin(2, "stage", "rgb", 12_000));
    String text = Files.readString(file);
    int[] counts = new int[2];
    Campaign.run(
        600,
        2000,
        random -> {
          Files.write(file, Mutation.of(text, random).getBytes(StandardCharsets.UTF_8));
          try {
            LabelQuality quality = LabelQualityFile.read(file);
            assertTrue(quality.precision() <= 1 && quality.recall() <= 1);
            assertTrue(
                LabelQualityFile.readOrigin(file).map(o -> o.generation() >= 0).orElse(true));
            counts[0]++;
          } catch (DataFormatException e) {
            oneLine(e);
            counts[1]++;
          }
        });
    assertTrue(counts[0] > 0 && counts[1] > 0, counts[0] + " read, " + counts[1] + " refused");
  }

  private static void oneLine(DataFormatException e) {
    String message = String.valueOf(e.getMessage());
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.length() < 2000, message);
  }
}
