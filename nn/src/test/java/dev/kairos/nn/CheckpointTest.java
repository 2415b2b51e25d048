// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.init.Initializer;
import dev.kairos.nn.layer.Conv1d;
import dev.kairos.nn.layer.Linear;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.ElementType;
import dev.kairos.tensor.io.NpyArray;
import dev.kairos.tensor.io.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
  private static final Path FILE = Path.of("model.safetensors");

  @TempDir Path folder = Path.of("");

  private final Engine engine = Engine.open("reference", 1);

  private static Parameters network(Engine engine, long seed) {
    Parameters parameters = new Parameters(engine, new RandomKey(seed, 0));
    new Linear(parameters.at("head"), 3, 2, true);
    new Conv1d(parameters.at("cas").at("conv"), 4, 5, 3, 1, 1, true);
    return parameters;
  }

  private static NpyArray at(Map<String, NpyArray> arrays, String name) {
    NpyArray found = arrays.get(name);
    if (found == null) {
      throw new AssertionError("no " + name + " in " + arrays.keySet());
    }
    return found;
  }

  @Test
  void axesStandAsInPyTorch() {
    Parameters parameters = network(engine, 1);
    Map<String, NpyArray> arrays = Checkpoint.arrays(parameters);
    assertEquals(
        List.of("head.weight", "head.bias", "cas.conv.weight", "cas.conv.bias"),
        List.copyOf(arrays.keySet()));
    double[] linear = Trial.weight(parameters, "head.weight");
    assertArrayEquals(new int[] {2, 3}, at(arrays, "head.weight").shape());
    double[] filed = at(arrays, "head.weight").toDoubles();
    for (int in = 0; in < 3; in++) {
      for (int out = 0; out < 2; out++) {
        assertEquals(linear[in * 2 + out], filed[out * 3 + in]);
      }
    }
    double[] conv = Trial.weight(parameters, "cas.conv.weight");
    assertArrayEquals(new int[] {5, 4, 3}, at(arrays, "cas.conv.weight").shape());
    filed = at(arrays, "cas.conv.weight").toDoubles();
    for (int k = 0; k < 3; k++) {
      for (int in = 0; in < 4; in++) {
        for (int out = 0; out < 5; out++) {
          assertEquals(conv[(k * 4 + in) * 5 + out], filed[(out * 4 + in) * 3 + k]);
        }
      }
    }
    assertArrayEquals(Trial.weight(parameters, "head.bias"), at(arrays, "head.bias").toDoubles());
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "scalar"})
  void aFileGivesEveryBitBack(String backend) throws IOException {
    try (Engine on = Engine.open(backend, 1)) {
      Parameters first = network(on, 1);
      Path file = folder.resolve("model.safetensors");
      Safetensors.write(file, Checkpoint.arrays(first), Map.of());
      Map<String, NpyArray> read = Safetensors.read(file).tensors();
      ElementType type = backend.equals("reference") ? ElementType.F64 : ElementType.F32;
      read.forEach((name, array) -> assertEquals(type, array.type(), name));
      Parameters second = network(on, 2);
      Checkpoint.load(second, read, file);
      for (Parameter parameter : first.all()) {
        assertArrayEquals(parameter.value().toDoubles(), Trial.weight(second, parameter.name()));
      }
      Path again = folder.resolve("again.safetensors");
      Safetensors.write(again, Checkpoint.arrays(second), Map.of());
      assertEquals(-1, Files.mismatch(file, again), "the same weights give the same bytes");
    }
  }

  @Test
  void singlePrecisionKeepsItsBits() throws IOException {
    int[] bits = {
      0x00000001, 0x80000000, 0x007fffff, 0x7f7fffff, 0xff800000, 0x7f800000, 0x7fc00000, 0x3eaaaaab
    };
    float[] values = new float[bits.length];
    for (int i = 0; i < bits.length; i++) {
      values[i] = Float.intBitsToFloat(bits[i]);
    }
    try (Engine scalar = Engine.open("scalar", 1)) {
      Parameters first = new Parameters(scalar, new RandomKey(1, 0));
      Parameter w = first.create("w", Shape.of(2, 4), Initializer.zeros(), FileLayout.LINEAR);
      w.value().assign(scalar.tensor(values, 2, 4));
      Path file = folder.resolve("bits.safetensors");
      Safetensors.write(file, Checkpoint.arrays(first), Map.of());
      Parameters second = new Parameters(scalar, new RandomKey(1, 0));
      Parameter v = second.create("w", Shape.of(2, 4), Initializer.zeros(), FileLayout.LINEAR);
      Checkpoint.load(second, Safetensors.read(file).tensors(), file);
      float[] found = v.value().toFloats();
      for (int i = 0; i < bits.length; i++) {
        assertEquals(bits[i], Float.floatToRawIntBits(found[i]), "element " + i);
      }
    }
  }

  @Test
  void otherPrecisionsAreConverted() {
    Parameters parameters = new Parameters(engine, new RandomKey(1, 0));
    parameters.create("w", Shape.of(2), Initializer.zeros(), FileLayout.SAME);
    Map<String, NpyArray> single = Map.of("w", NpyArray.ofFloats(new float[] {0.1f, 2}, 2));
    Checkpoint.load(parameters, single, FILE);
    assertArrayEquals(new double[] {0.1f, 2}, Trial.weight(parameters, "w"));
  }

  @Test
  void tensorsOfOthersAreIgnored() {
    Parameters parameters = network(engine, 1);
    Map<String, NpyArray> arrays = new LinkedHashMap<>(Checkpoint.arrays(network(engine, 2)));
    arrays.put("position_ids", NpyArray.ofLongs(new long[] {1}, 1));
    Checkpoint.load(parameters, arrays, FILE);
    assertArrayEquals(
        Trial.weight(network(engine, 2), "head.bias"), Trial.weight(parameters, "head.bias"));
  }

  private void assertRefused(String code, String name, String more, NpyArray... instead) {
    Parameters parameters = network(engine, 1);
    Map<String, NpyArray> arrays = new LinkedHashMap<>(Checkpoint.arrays(network(engine, 2)));
    arrays.remove(name);
    if (instead.length > 0) {
      arrays.put(name, instead[0]);
    }
    DataFormatException e =
        assertThrows(DataFormatException.class, () -> Checkpoint.load(parameters, arrays, FILE));
    String message = String.valueOf(e.getMessage());
    for (String part : List.of(name, more, "model.safetensors")) {
      assertTrue(message.contains(part), message);
    }
    assertEquals(code, e.code());
    Parameters untouched = network(engine, 1);
    for (Parameter parameter : untouched.all()) {
      assertArrayEquals(parameter.value().toDoubles(), Trial.weight(parameters, parameter.name()));
    }
  }

  @Test
  void aMissingOrMisshapenTensorIsNamedAndNothingChanges() {
    assertRefused("KFMT-301", "cas.conv.bias", "missing");
    NpyArray turned = NpyArray.ofDoubles(new double[60], 3, 4, 5);
    assertRefused("KFMT-302", "cas.conv.weight", "[5, 4, 3], found [3, 4, 5]", turned);
    NpyArray longer = NpyArray.ofDoubles(new double[6], 6);
    assertRefused("KFMT-302", "cas.conv.bias", "[5], found [6]", longer);
    NpyArray words = NpyArray.ofStrings(new String[] {"a", "b", "c", "d", "e"}, 5);
    assertRefused("KFMT-303", "cas.conv.bias", "STRING", words);
  }

  @Test
  void anOptimisersStateIsLoadedByName() {
    Tensor moment = engine.lasting(Shape.of(2));
    NpyArray array = Checkpoint.array(engine.tensor(new double[] {1, 2}, 2));
    Checkpoint.load(moment, "m", Map.of("m", array), FILE);
    assertArrayEquals(new double[] {1, 2}, moment.toDoubles());
    for (Map<String, NpyArray> bad :
        List.of(
            Map.<String, NpyArray>of(),
            Map.of("m", NpyArray.ofDoubles(new double[3], 3)),
            Map.of("m", NpyArray.ofStrings(new String[] {"a", "b"}, 2)))) {
      DataFormatException e =
          assertThrows(DataFormatException.class, () -> Checkpoint.load(moment, "m", bad, FILE));
      assertTrue(String.valueOf(e.getMessage()).contains("tensor m"), e::getMessage);
      assertArrayEquals(new double[] {1, 2}, moment.toDoubles());
    }
  }
}
