// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.contract.Campaign;
import dev.kairos.methods.data.ArrayInfo;
import dev.kairos.methods.data.FeatureFormats;
import dev.kairos.methods.data.StoredArray;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.ElementType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that h5py and SciPy wrote; {@code make.py} beside them says how. */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class FormatsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "hdf5/packed.h5,gzip",
    "hdf5/packed.h5,lzf",
    "hdf5/groups.h5,video_1/c3d_features",
    "hdf5/one.h5,''",
    "hdf5/one.h5,rgb/feats",
    "hdf5/one.h5,/rgb/feats",
    "hdf5/v73.mat,''",
    "matlab/plain.mat,''",
    "matlab/packed.mat,feats",
  })
  void readsTheFeatures(String name, String key) throws IOException {
    StoredArray array = FeatureFormats.read(copy(name), key);
    assertEquals(List.of(4, 6), array.info().shape());
    float[] expected = new float[24];
    for (int i = 0; i < 24; i++) {
      expected[i] = i / 8f;
    }
    assertArrayEquals(expected, array.values());
  }

  @Test
  void readsEveryTypeOfHdf5() throws IOException {
    Path file = copy("hdf5/types.h5");
    for (ArrayInfo array : FeatureFormats.list(file)) {
      String code = array.name().replaceAll("(little|big)_", "");
      if (!code.equals("fps")) {
        assertEquals(ElementType.valueOf(type(code)), array.type());
        assertArrayEquals(
            new float[] {0, 1, 2}, FeatureFormats.read(file, array.name()).values(), code);
      }
    }
    assertEquals(14, FeatureFormats.list(file).size(), "neither truth values nor texts");
  }

  @Test
  void readsEveryTypeOfMatlab() throws IOException {
    Path file = copy("matlab/types.mat");
    for (ArrayInfo array : FeatureFormats.list(file)) {
      if (array.name().length() == 2) {
        assertEquals(ElementType.valueOf(type(array.name())), array.type());
        assertArrayEquals(
            new float[] {0, 1, 2}, FeatureFormats.read(file, array.name()).values(), array + "");
      }
    }
    assertEquals("BOOL [1, 2]", find(file, "flags").toString());
    assertEquals("F32 [2, 2, 6]", find(file, "deep").toString());
    assertEquals(7 / 8f, FeatureFormats.read(file, "deep").values()[7]);
    assertEquals("F64 [0, 6]", find(file, "empty").toString());
    assertEquals("I64 [1, 1]", find(copy("matlab/plain.mat"), "info/a").toString());
  }

  private static ArrayInfo find(Path file, String name) throws IOException {
    return FeatureFormats.list(file).stream()
        .filter(array -> array.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** {@code f4} is F32. */
  private static String type(String code) {
    return code.substring(0, 1).toUpperCase(Locale.ROOT) + 8 * (code.charAt(1) - '0');
  }

  @Test
  void saysWhichArraysThereAre() throws IOException {
    Path file = copy("hdf5/groups.h5");
    DataFormatException e =
        assertThrows(DataFormatException.class, () -> FeatureFormats.read(file, ""));
    assertEquals("KFMT-018", e.code());
    assertTrue(e.getMessage().contains("'video_2/c3d_features' F32 [2, 6]"), e.getMessage());
    assertEquals(0, FeatureFormats.read(file, "empty").values().length);
  }

  @Test
  void refusesOtherFiles() throws IOException {
    assertEquals("KFMT-021", refusal(copy("matlab/v4.mat")));
    for (String name : List.of("x.h5", "x.mat")) {
      Path file = folder.resolve(name);
      Files.write(file, new byte[0]);
      assertEquals(name.equals("x.h5") ? "KFMT-020" : "KFMT-021", refusal(file));
      Files.writeString(file, "hello ".repeat(100));
      assertEquals(name.equals("x.h5") ? "KFMT-020" : "KFMT-021", refusal(file));
    }
  }

  private static String refusal(Path file) {
    return assertThrows(DataFormatException.class, () -> FeatureFormats.list(file)).code();
  }

  /** Damage anywhere ends in values or in one line that names the file. */
  @ParameterizedTest
  @ValueSource(
      strings = {"hdf5/groups.h5", "hdf5/packed.h5", "matlab/plain.mat", "matlab/packed.mat"})
  void damageIsRefusedOrRead(String name) throws IOException {
    byte[] whole = bytes(name);
    Path file = folder.resolve("x" + name.substring(name.indexOf('.')));
    Campaign.run(0, 150, random -> check(file, mutated(whole, random)));
  }

  private static void check(Path file, byte[] bytes) throws IOException {
    Files.deleteIfExists(file);
    Files.write(file, bytes);
    try {
      for (ArrayInfo array : FeatureFormats.list(file)) {
        FeatureFormats.of(file.toString()).orElseThrow().read(file, array);
      }
    } catch (DataFormatException e) {
      assertEquals(1, String.valueOf(e.getMessage()).lines().count(), e.getMessage());
    }
  }

  private static byte[] mutated(byte[] whole, SplittableRandom random) {
    byte[] bytes = whole.clone();
    for (int n = random.nextInt(1, 4); n > 0; n--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return random.nextInt(4) == 0
        ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length))
        : bytes;
  }

  private Path copy(String name) throws IOException {
    return Files.write(folder.resolve(name.substring(name.indexOf('/') + 1)), bytes(name));
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in = FormatsTest.class.getResourceAsStream("/golden/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }
}
