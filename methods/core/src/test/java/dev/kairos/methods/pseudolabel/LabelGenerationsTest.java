// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pseudolabel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelGenerationsTest {
  private static final LabelQuality QUALITY = new LabelQuality(1, 1, 2);

  @TempDir Path parent;

  private LabelGenerations generations;

  @BeforeEach
  void open() {
    generations = new LabelGenerations(parent.resolve("labels"), 3);
  }

  private static SoftLabels labels(int generation) {
    float[][] values = {{generation / 8f, 1}};
    return SoftLabels.ofOwnLength(List.of("a"), values, 1);
  }

  private void add(int generation, long step) throws IOException {
    LabelOrigin origin = new LabelOrigin(generation, "stage", "mixed", step);
    generations.add(labels(generation), QUALITY, origin);
  }

  @Test
  void theLatestStay() throws IOException {
    assertEquals(List.of(), generations.numbers());
    for (int n = 0; n < 5; n++) {
      add(n, 100L * n);
    }
    assertEquals(List.of(2, 3, 4), generations.numbers());
    assertFalse(Files.exists(generations.folder(1)));
    for (int n : generations.numbers()) {
      assertEquals(labels(n), generations.labels(n, 1, 1));
      assertEquals(QUALITY, generations.quality(n));
      assertEquals(new LabelOrigin(n, "stage", "mixed", 100L * n), generations.origin(n));
    }
    assertEquals(List.of(2, 3, 4), new LabelGenerations(parent.resolve("labels"), 1).numbers());
  }

  @Test
  void trainingThatGoesOnFromBeforeWritesAnew() throws IOException {
    for (int n = 0; n < 3; n++) {
      add(n, n);
    }
    add(1, 77);
    assertEquals(List.of(0, 1), generations.numbers());
    assertEquals(77, generations.origin(1).step());
    assertFalse(Files.exists(generations.folder(2)));
  }

  @Test
  void unfinishedOneDoesNotCount() throws IOException {
    add(0, 0);
    add(1, 1);
    Files.delete(generations.folder(1).resolve(LabelQualityFile.NAME));
    Files.createDirectories(parent.resolve("labels/generation-07"));
    Files.writeString(parent.resolve("labels/generation-07/labels.json"), "{}");
    assertEquals(List.of(0), generations.numbers());
    add(1, 5);
    assertEquals(List.of(0, 1), generations.numbers());
  }

  @Test
  void refusesAFolderThatSpeaksOfAnother() throws IOException {
    add(0, 0);
    Path file = generations.folder(0).resolve(LabelQualityFile.NAME);
    LabelQualityFile.write(file, QUALITY, new LabelOrigin(3, "stage", "mixed", 0));
    assertThrows(DataFormatException.class, () -> generations.origin(0));
    LabelQualityFile.write(file, QUALITY);
    assertThrows(DataFormatException.class, () -> generations.origin(0));
    assertThrows(IllegalArgumentException.class, () -> new LabelGenerations(parent, 0));
    assertThrows(IllegalArgumentException.class, () -> new LabelOrigin(-1, "a", "b", 0));
  }
}
