// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.tensor.io.ElementType;
import dev.kairos.tensor.io.NpyArray;
import dev.kairos.tensor.io.Npz;
import dev.kairos.tensor.torch.TorchWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureFormatsTest {
  private static final NpyArray TWO = NpyArray.ofFloats(new float[] {1, 2, 3, 4}, 2, 2);
  private static final FeatureStream STREAM = new FeatureStream("rgb", 2);

  /** {@code pickle.dumps({'feats': np.float32([[1, 2], [3, 4]]), 'fps': 25}, 2)}, by hand. */
  private static final String PICKLE =
      "\u0080\u0002}(U\u0005featscnumpy.core.multiarray\n"
          + "_reconstruct\n"
          + "cnumpy\n"
          + "ndarray\n"
          + "K\u0000\u0085U\u0001b\u0087R(K\u0001K\u0002K\u0002\u0086cnumpy\n"
          + "dtype\n"
          + "U\u0002f4K\u0000K\u0001\u0087R"
          + "(K\u0003U\u0001<NNNtb\u0089U\u0010\0\0\u0080?\0\0\0@\0\0@@\0\0\u0080@tbU\u0003fpsK\u0019u.";

  @TempDir Path folder;

  @Test
  void readsTheOnlyArrayOrTheOneCalledLikeFeatures() throws IOException {
    Path npz = folder.resolve("a.npz");
    Npz.write(npz, Map.of("anything", TWO));
    assertReads(npz, "");
    Map<String, NpyArray> several = new TreeMap<>();
    several.put("feats", TWO);
    several.put("fps", NpyArray.ofInts(new int[] {25}));
    Npz.write(npz, several);
    assertReads(npz, "");
    assertReads(npz, "feats");
    several.put("data", TWO);
    Npz.write(npz, several);
    Refused.with(
        "KFMT-018", () -> read(npz, ""), "'data' F32 [2, 2], 'feats' F32 [2, 2]", "key = ");
    Refused.with("KFMT-018", () -> read(npz, "rgb"), "no array 'rgb', but 'data'");
    assertReads(npz, "data");
    Npz.write(npz, Map.of("a", NpyArray.ofStrings(new String[] {"x"}, 1), "b", TWO));
    assertReads(npz, "");
    Refused.with("KDATA-132", () -> read(npz, "a"), "elements of type STRING");
    Npz.write(npz, Map.of());
    Refused.with("KFMT-018", () -> read(npz, ""), "holds no array of numbers");
  }

  @Test
  void readsTensorsOfPyTorch() throws IOException {
    Path file = folder.resolve("a.PTH");
    TorchWriter.write(file, Map.of("feat", TWO.as(ElementType.F16)));
    assertReads(file, "");
    assertReads(file, "feat");
    assertReads(Files.copy(file, folder.resolve("b.pkl")), "feat");
    assertEquals(
        List.of(new ArrayInfo("feat", ElementType.F16, List.of(2, 2))), FeatureFormats.list(file));
  }

  @Test
  void readsPicklesAndObjectArrays() throws IOException {
    byte[] pickle = PICKLE.getBytes(StandardCharsets.ISO_8859_1);
    Path file = Files.write(folder.resolve("a.pkl"), pickle);
    assertReads(file, "");
    assertReads(file, "feats");
    Files.writeString(file, "cos\nsystem\n(S'x'\ntR.");
    Refused.with("KFMT-012", () -> read(file, ""), "'os.system'");
  }

  @Test
  void readsTexts() throws IOException {
    Path csv = folder.resolve("a.csv");
    for (String text :
        List.of(
            "1,2\n3,4\n",
            "\uFEFFx, y\r\n1 , 2\r\n\r\n3, 4e0",
            "# of a tool\n1 2\n3\t4",
            "1;2\n+3.;.4e1\n")) {
      Files.writeString(csv, text);
      assertReads(csv, "");
    }
    Files.writeString(csv, "1,2\n3\n");
    Refused.with("KFMT-019", () -> read(csv, ""), "line 2 has 1 values, expected 2");
    Files.writeString(csv, "1,2\nx,4\n");
    Refused.with("KFMT-019", () -> read(csv, ""), "line 2 has 'x', expected a number");
    Files.writeString(csv, "1,2,\n");
    Refused.with("KFMT-019", () -> read(csv, ""), "has '', expected a number");
    Files.writeString(csv, "1,2\nNaN,4\n");
    Refused.with("KDATA-133", () -> read(csv, ""), "row 1, column 0 is NaN");
    Files.writeString(csv, "a,b\n");
    Refused.with("KFMT-019", () -> read(csv, ""), "holds no line of numbers");
    Files.write(csv, new byte[] {'1', '\n', (byte) 0xff, (byte) 0xfe});
    Refused.with("KFMT-019", () -> read(csv, ""), "is not a text");
  }

  @Test
  void otherEndingsAreNotGuessed() throws IOException {
    Path file = Files.writeString(folder.resolve("a.mp4"), "x");
    Refused.with("KFMT-017", () -> read(file, ""), "a.mp4", ".npy", ".pth");
    assertTrue(FeatureFormats.of("x.NPY").isPresent());
    assertEquals(Optional.empty(), FeatureFormats.of("npy"));
    assertTrue(FeatureFormats.endings().containsAll(Set.of(".npy", ".npz", ".csv", ".pt")));
  }

  @Test
  void layoutsApplyToEveryFormat() throws IOException {
    Path csv = Files.writeString(folder.resolve("a.csv"), "1,2,3\n4,5,6\n");
    FeatureLayout last = FeatureLayout.PLAIN.withColumns(1, 2);
    assertArrayEquals(new float[] {2, 3, 5, 6}, FeatureFile.read(csv, STREAM, last, "").values());
    Path turned = Files.writeString(folder.resolve("t.csv"), "1,4\n2,5\n");
    assertArrayEquals(
        new float[] {1, 2, 4, 5},
        FeatureFile.read(turned, STREAM, FeatureLayout.PLAIN.withTransposed(), "").values());
  }

  private static float[] read(Path file, String key) throws IOException {
    return FeatureFile.read(file, STREAM, FeatureLayout.PLAIN, key).values();
  }

  private static void assertReads(Path file, String key) throws IOException {
    assertArrayEquals(new float[] {1, 2, 3, 4}, read(file, key));
    assertEquals(2, FeatureFile.length(file, STREAM, FeatureLayout.PLAIN, key));
  }
}
