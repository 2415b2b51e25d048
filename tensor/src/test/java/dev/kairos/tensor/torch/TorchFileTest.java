// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.ElementType;
import dev.kairos.tensor.io.NpyArray;
import dev.kairos.tensor.pickle.PickleDict;
import dev.kairos.tensor.pickle.PickleValue.Int;
import dev.kairos.tensor.pickle.PickleValue.Symbol;
import dev.kairos.tensor.pickle.PickleValue.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that PyTorch 1.13 wrote in both forms; {@code make.py} beside them says how. */
class TorchFileTest {
  private static final NpyArray A = eighths(4, 6);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"", "_stream"})
  void readsEveryType(String form) throws IOException {
    TorchFile file = open("types" + form + ".pt");
    Map<String, ElementType> types =
        Map.of(
            "float16", ElementType.F16,
            "bfloat16", ElementType.BF16,
            "float32", ElementType.F32,
            "float64", ElementType.F64,
            "uint8", ElementType.U8,
            "int8", ElementType.I8,
            "int16", ElementType.I16,
            "int32", ElementType.I32,
            "int64", ElementType.I64);
    for (Map.Entry<String, ElementType> type : types.entrySet()) {
      NpyArray expected = NpyArray.ofInts(new int[] {0, 1, 2}, 3).as(type.getValue());
      assertEquals(expected, file.read(type.getKey()));
      assertEquals(new TensorInfo(type.getValue(), List.of(3)), file.arrays().get(type.getKey()));
    }
    assertEquals(NpyArray.ofBooleans(new boolean[] {false, true, true}, 3), file.read("bool"));
    assertEquals(NpyArray.ofFloats(new float[] {2.5f}), file.read("scalar"));
    assertEquals(NpyArray.ofFloats(new float[0], 0, 3), file.read("empty"));
    assertEquals(file.arrays().keySet(), file.readStateDict().keySet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "_stream"})
  void readsViewsOfOneStorage(String form) throws IOException {
    TorchFile file = open("views" + form + ".pt");
    assertEquals(A, file.read("whole"));
    float[] columns = new float[24];
    for (int i = 0; i < 24; i++) {
      columns[i] = (i % 4 * 6 + i / 4) / 8f;
    }
    assertEquals(NpyArray.ofFloats(columns, 6, 4), file.read("columns"));
    assertEquals(
        NpyArray.ofFloats(new float[] {8 / 8f, 10 / 8f, 14 / 8f, 16 / 8f}, 2, 2),
        file.read("part"));
    assertEquals(
        NpyArray.ofFloats(new float[] {1.5f, 1.625f, 1.75f, 1.875f, 2, 2.125f}, 6),
        file.read("row"));
    assertEquals(NpyArray.ofFloats(new float[3], 3), file.read("wide"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"net", "net_stream", "checkpoint", "checkpoint_stream"})
  void findsTheStateDict(String name) throws IOException {
    Map<String, NpyArray> weights = open(name + ".pt").readStateDict();
    assertEquals(
        List.of(
            "0.weight",
            "0.bias",
            "2.weight",
            "2.bias",
            "2.running_mean",
            "2.running_var",
            "2.num_batches_tracked"),
        List.copyOf(weights.keySet()));
    assertEquals(NpyArray.ofFloats(floats(18, 1), 2, 3, 3), weights.get("0.weight"));
    assertEquals(NpyArray.ofFloats(new float[] {.5f, -.5f}, 2), weights.get("0.bias"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "_stream"})
  void readsWhatElseACheckpointHolds(String form) throws IOException {
    TorchFile file = open("checkpoint" + form + ".pt");
    PickleDict root = (PickleDict) file.content();
    assertEquals(new Int(3), root.get("epoch"));
    assertEquals(new Text("Größe"), ((PickleDict) root.get("args")).get("name"));
    assertEquals(new Symbol("torch.float32"), root.get("dtype"));
    assertEquals(new Text("cpu"), root.get("device"));
    assertTrue(file.arrays().containsKey("optimizer.state.0.exp_avg"), file.arrays() + "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tensor", "tensor_stream", "parameter", "parameter_stream"})
  void readsATensorAlone(String name) throws IOException {
    TorchFile file = open(name + ".pt");
    assertEquals(Map.of("", new TensorInfo(ElementType.F32, List.of(4, 6))), file.arrays());
    assertEquals(A, file.read(""));
    assertEquals("KFMT-016", assertThrows(DataFormatException.class, file::readStateDict).code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "_stream"})
  void readsListsAndArraysOfNumPy(String form) throws IOException {
    TorchFile file = open("list" + form + ".pt");
    assertTrue(TorchFile.begins(folder.resolve("list" + form + ".pt")));
    assertEquals(A, file.read("0"));
    assertEquals(NpyArray.ofFloats(new float[] {1, 2}, 2), file.read("1"));
  }

  @Test
  void refusesProgramsByName() {
    assertTrue(problem("module.pt").contains("'torch.nn.modules.container.Sequential'"));
    assertTrue(problem("script.pt").contains("is a TorchScript program"));
  }

  @Test
  void refusesStrangersAndDamage() throws IOException {
    assertTrue(problemOf(folder.resolve("none.pt")).contains("not found"));
    assertTrue(problemOf(folder).contains("is a folder"));
    Path file = folder.resolve("x.pt");
    Files.write(file, new byte[0]);
    assertTrue(problemOf(file).contains("ends after 0 bytes"));
    Files.writeString(file, "hello, hello");
    assertTrue(problemOf(file).contains("is not a pickle"));
    Files.write(file, new byte[] {'P', 'K', 3, 4, 0});
    assertTrue(problemOf(file).contains("is not a whole zip archive"));
    byte[] whole = bytes("tensor_stream.pt");
    for (int length = 0; length < whole.length; length++) {
      Path cut = folder.resolve("cut.pt");
      Files.write(cut, java.util.Arrays.copyOf(whole, length));
      assertThrows(DataFormatException.class, () -> TorchFile.open(cut), "cut at " + length);
    }
  }

  private String problem(String name) {
    DataFormatException e = assertThrows(DataFormatException.class, () -> open(name));
    return String.valueOf(e.getMessage());
  }

  private static String problemOf(Path file) {
    return String.valueOf(
        assertThrows(DataFormatException.class, () -> TorchFile.open(file)).getMessage());
  }

  private TorchFile open(String name) throws IOException {
    return TorchFile.open(Files.write(folder.resolve(name), bytes(name)));
  }

  static byte[] bytes(String name) throws IOException {
    try (InputStream in = TorchFileTest.class.getResourceAsStream("/golden/torch/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  private static NpyArray eighths(int... shape) {
    int count = IntStream.of(shape).reduce(1, (a, b) -> a * b);
    return NpyArray.ofFloats(floats(count, 1 / 8f), shape);
  }

  private static float[] floats(int count, float step) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i * step;
    }
    return values;
  }
}
