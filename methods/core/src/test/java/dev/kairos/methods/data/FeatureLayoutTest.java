// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kairos.kernels.contract.Campaign;
import dev.kairos.tensor.io.ElementType;
import dev.kairos.tensor.io.Npy;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureLayoutTest {
  private static final FeatureStream FOUR = new FeatureStream("rgb", 4);

  @TempDir Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void nameFile() {
    file = folder.resolve("a.npy");
  }

  @Test
  void integersBecomeFloats() throws IOException {
    for (ElementType type : ElementType.values()) {
      if (type.isInteger() || type == ElementType.F16 || type == ElementType.F64) {
        Npy.write(file, NpyArray.ofInts(new int[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 4).as(type));
        assertArrayEquals(
            new float[] {1, 2, 3, 4, 5, 6, 7, 8}, read(FeatureLayout.PLAIN), type + "");
      }
    }
    Npy.write(file, NpyArray.ofBooleans(new boolean[8], 2, 4));
    Refused.with("KDATA-132", () -> read(FeatureLayout.PLAIN), "BOOL", "astype('float32')");
  }

  @Test
  void axesOfLengthOneAreLeftOut() throws IOException {
    for (int[] shape :
        new int[][] {{3, 1, 4}, {1, 3, 4}, {3, 4, 1}, {3, 1, 1, 4}, {1, 3, 1, 4, 1}}) {
      Npy.write(file, NpyArray.ofFloats(ramp(12), shape));
      assertArrayEquals(ramp(12), read(FeatureLayout.PLAIN), Arrays.toString(shape));
    }
    Npy.write(file, NpyArray.ofFloats(ramp(4), 1, 1, 4));
    assertArrayEquals(ramp(4), read(FeatureLayout.PLAIN));
    Npy.write(file, NpyArray.ofFloats(ramp(24), 2, 3, 4));
    Refused.with(
        "KDATA-132", () -> read(FeatureLayout.PLAIN), "expected [T, 4], found shape [2, 3, 4]");
  }

  @Test
  void transposedOnDemand() throws IOException {
    Npy.write(file, NpyArray.ofFloats(ramp(12), 4, 3));
    FeatureLayout turned = FeatureLayout.PLAIN.withTransposed();
    assertArrayEquals(new float[] {0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11}, read(turned));
    assertArrayEquals(
        new float[] {3, 4, 5},
        FeatureFile.read(file, new FeatureStream("x", 1), turned.withColumns(1, 1), "").values());
    Npy.write(file, NpyArray.ofFloats(ramp(12), 3, 4));
    Refused.with("KDATA-132", () -> read(turned), "found 3 rows", "is not transposed");
  }

  @Test
  void columnsMakeTwoStreamsOfOneFile() throws IOException {
    Npy.write(file, NpyArray.ofFloats(ramp(18), 3, 6));
    assertArrayEquals(
        new float[] {0, 1, 2, 3, 6, 7, 8, 9, 12, 13, 14, 15},
        read(FeatureLayout.PLAIN.withColumns(0, 4)));
    FeatureStream flow = new FeatureStream("flow", 2);
    FeatureLayout last = FeatureLayout.PLAIN.withColumns(4, 2);
    assertArrayEquals(
        new float[] {4, 5, 10, 11, 16, 17}, FeatureFile.read(file, flow, last, "").values());
    Refused.with(
        "KDATA-132",
        () -> read(FeatureLayout.PLAIN.withColumns(4, 4)),
        "columns 4 to 7",
        "found 6");
    Refused.with("KDATA-132", () -> read(FeatureLayout.PLAIN), "expected 4 columns, found 6");
    assertThrows(IllegalArgumentException.class, () -> FeatureFile.read(file, FOUR, last, ""));
  }

  @Test
  void cropsAreAveragedOrOneIsKept() throws IOException {
    float[] values = new float[2 * 10 * 4];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / 4 % 10 + 100 * (i / 40); // crop + 100 * snippet
    }
    float[] mean = {4.5f, 4.5f, 4.5f, 4.5f, 104.5f, 104.5f, 104.5f, 104.5f};
    float[] third = {3, 3, 3, 3, 103, 103, 103, 103};
    Npy.write(file, NpyArray.ofFloats(values, 2, 10, 4));
    assertArrayEquals(mean, read(FeatureLayout.PLAIN.withCrops(Crops.MEAN)));
    assertArrayEquals(third, read(FeatureLayout.PLAIN.withCrops(Crops.only(3))));
    assertArrayEquals(
        new float[] {4.5f, 104.5f},
        FeatureFile.read(
                file,
                new FeatureStream("x", 1),
                FeatureLayout.PLAIN.withCrops(Crops.MEAN).withColumns(2, 1),
                "")
            .values());
    Refused.with(
        "KDATA-132", () -> read(FeatureLayout.PLAIN), "looks like ten crops", "crops = \"mean\"");
    Refused.with(
        "KDATA-132",
        () -> read(FeatureLayout.PLAIN.withCrops(Crops.only(10))),
        "has 10 crops of every snippet, found the choice of number 10");
    float[] outer = new float[values.length]; // the same as [10, T, D]
    for (int t = 0; t < 2; t++) {
      for (int c = 0; c < 10; c++) {
        System.arraycopy(values, (t * 10 + c) * 4, outer, (c * 2 + t) * 4, 4);
      }
    }
    Npy.write(file, NpyArray.ofFloats(outer, 10, 2, 4));
    assertArrayEquals(mean, read(FeatureLayout.PLAIN.withCrops(Crops.MEAN)));
    assertArrayEquals(third, read(FeatureLayout.PLAIN.withCrops(Crops.only(3))));
    Npy.write(file, NpyArray.ofFloats(ramp(8), 2, 4));
    Refused.with(
        "KDATA-132", () -> read(FeatureLayout.PLAIN.withCrops(Crops.MEAN)), "crops of [T, 4]");
  }

  /** Any layout, against indices worked out one by one; rows in any order. */
  @Test
  void everyLayoutGivesItsRows() {
    Campaign.run(0, 300, this::anyLayout);
  }

  private void anyLayout(SplittableRandom random) throws IOException {
    int t = random.nextInt(11, 40); // below, snippets might be taken for crops
    int columns = random.nextInt(11, 17);
    int first = random.nextInt(columns - 4);
    boolean turned = random.nextBoolean();
    int crops = random.nextInt(3) == 0 ? 5 : 0;
    boolean outer = random.nextBoolean();
    int[] shape = turned ? new int[] {columns, t} : new int[] {t, columns};
    if (crops > 0) {
      shape = outer ? new int[] {crops, shape[0], shape[1]} : new int[] {shape[0], crops, shape[1]};
    }
    float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(1000);
    }
    Npy.write(file, NpyArray.ofFloats(values, shape));
    Crops kept = crops == 0 ? Crops.NONE : random.nextBoolean() ? Crops.MEAN : Crops.only(2);
    FeatureLayout layout = new FeatureLayout(turned, kept, first, 4);
    int[] rows = random.ints(7, 0, t).toArray();
    float[] found = new float[28];
    try (FeatureFile open = FeatureFile.open(file, FOUR, layout, "")) {
      assertEquals(t, open.length());
      open.copyRows(rows, found, 0, 4);
    }
    for (int i = 0; i < found.length; i++) {
      int row = rows[i / 4];
      int column = first + i % 4;
      double sum = 0;
      int from = kept.equals(Crops.only(2)) ? 2 : 0;
      int to = kept.equals(Crops.MEAN) ? crops : from + 1;
      for (int c = from; c < to; c++) {
        int a = turned ? column : row;
        int b = turned ? row : column;
        int inner = shape[shape.length - 1];
        int at =
            crops == 0
                ? a * inner + b
                : outer ? (c * shape[1] + a) * inner + b : (a * crops + c) * inner + b;
        sum += values[at];
      }
      assertEquals(sum / (to - from), found[i], 1e-3, layout + " " + Arrays.toString(shape));
    }
  }

  private float[] read(FeatureLayout layout) throws IOException {
    return FeatureFile.read(file, FOUR, layout, "").values();
  }

  private static float[] ramp(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i;
    }
    return values;
  }
}
