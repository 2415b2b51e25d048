// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.pickle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.ElementType;
import dev.kairos.tensor.io.Npy;
import dev.kairos.tensor.io.NpyArray;
import dev.kairos.tensor.pickle.PickleItems.Kind;
import dev.kairos.tensor.pickle.PickleValue.BigInt;
import dev.kairos.tensor.pickle.PickleValue.Bool;
import dev.kairos.tensor.pickle.PickleValue.Int;
import dev.kairos.tensor.pickle.PickleValue.None;
import dev.kairos.tensor.pickle.PickleValue.Real;
import dev.kairos.tensor.pickle.PickleValue.Text;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PickleTest {
  private static final NpyArray F4 =
      NpyArray.ofFloats(new float[] {0, .25f, .5f, .75f, 1, 1.25f}, 2, 3);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p0",
        "p1",
        "p2",
        "p3",
        "p4",
        "p5",
        "p2_numpy1",
        "p5_numpy1",
      })
  void readsWhatPythonWrites(String name) throws IOException {
    PickleDict value = (PickleDict) Pickle.read(Golden.copy("pickle/" + name + ".pkl", folder));
    assertSame(None.NONE, value.get("none"));
    assertEquals(new Bool(true), value.get("yes"));
    assertEquals(new Int(-5), value.get("n"));
    assertEquals(new BigInt(BigInteger.TWO.pow(70)), value.get("big"));
    assertEquals(new Real(1.5), value.get("x"));
    assertEquals(new Text("Größe\n\\ 🏃"), value.get("text"));
    assertArrayEquals(new byte[] {0, -1, 'A'}, bytes(value.get("bytes")));
    assertArrayEquals(new byte[] {1, -128}, bytes(value.get("array of bytes")));
    assertEquals("[1, [2], []]", shown(value.get("list")));
    assertEquals("(1, (2, 3, 4, 5), ())", shown(value.get("tuple")));
    assertEquals("{7}", shown(value.get("set")));
    assertEquals("{b=1, a=2}", shown(value.get("ordered")));
    assertTrue(value.entries().contains(new PickleDict.Entry(new Int(3), new Text("three"))));
    assertEquals(F4, plain(value.get("f4")));
    assertEquals(F4, plain(value.get("fortran")));
    assertEquals(F4.as(ElementType.F64), plain(value.get("big endian")));
    assertEquals(F4.as(ElementType.F16), plain(value.get("half")));
    assertEquals(NpyArray.ofLongs(new long[] {-1, 1L << 40}, 2), plain(value.get("i8")));
    assertEquals(NpyArray.ofBooleans(new boolean[] {true, false}, 2), plain(value.get("bool")));
    assertArrayEquals(new String[] {"Dive", "Größe"}, plain(value.get("names")).toStrings());
    assertArrayEquals(new String[] {"Dive", "Run"}, plain(value.get("bytes of names")).toStrings());
    assertEquals("array[[1, 2.5], x]", shown(value.get("objects")));
    assertArrayEquals(new int[] {0, 4}, plain(value.get("empty")).shape());
    assertEquals(new Real(0.25), value.get("scalar"));
    assertEquals(new Int(-9), value.get("index"));
    assertEquals(new Bool(true), value.get("flag"));
    assertSame(value.get("f4"), value.get("same"));
  }

  @Test
  void readsObjectArraysOnlyWhenAsked() throws IOException {
    Path joint = Golden.copy("pickle/joint.npy", folder);
    PickleArray array = Pickle.readNpy(joint);
    assertArrayEquals(new int[] {2}, array.shape());
    assertEquals(F4, plain(array.objects().get(0)));
    assertArrayEquals(new int[] {1, 3}, plain(array.objects().get(1)).shape());
    assertThrows(DataFormatException.class, () -> Npy.read(joint));
    PickleArray dict = Pickle.readNpy(Golden.copy("pickle/dict.npy", folder));
    assertEquals(0, dict.shape().length);
    assertEquals(new Int(25), ((PickleDict) dict.objects().get(0)).get("fps"));
    assertEquals(
        "array[[[0.5, 2.0]], [], a, None]",
        shown(Pickle.readNpy(Golden.copy("pickle/fortran.npy", folder))));
    Path plain = folder.resolve("plain.npy");
    Npy.write(plain, F4);
    assertEquals(F4, Pickle.readNpy(plain).plain());
  }

  @Test
  void readsTextsOfPython2() throws IOException {
    // dumps(['a\xe9', 'b'], 0) and 2, and an array of dtype S with its bytes as a text
    PickleItems old = (PickleItems) read("(lp0\nS'a\\xe9'\np1\naS\"b'\\n\\\\\"\np2\na.");
    assertArrayEquals(new byte[] {'a', (byte) 0xe9}, bytes(old.items().get(0)));
    assertEquals(new Text("b'\n\\"), old.items().get(1));
    PickleItems two = (PickleItems) read("\u0080\u0002](U\u0002a\u00e9U\u0001be.");
    assertArrayEquals(new byte[] {'a', (byte) 0xe9}, bytes(two.items().get(0)));
    PickleArray array =
        (PickleArray)
            read(
                "\u0080\u0002cnumpy.core.multiarray\n"
                    + "_reconstruct\n"
                    + "cnumpy\n"
                    + "ndarray\n"
                    + "K\u0000\u0085U\u0001b\u0087R(K\u0001K\u0002\u0085cnumpy\n"
                    + "dtype\n"
                    + "U\u0002f4K\u0000K\u0001\u0087R"
                    + "(K\u0003U\u0001<NNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\u0000tb"
                    + "\u0089U\u0008\u0000\u0000\u0080?\u0000\u0000\u0000\u00c0tb.");
    assertEquals(NpyArray.ofFloats(new float[] {1, -2}, 2), array.plain());
  }

  @Test
  void keepsTheLastOfEqualKeys() throws IOException {
    assertEquals("{a=2}", shown(read("(dVa\nI1\nsVa\nI2\ns.")));
    assertEquals("{1=2}", shown(read("(I1\nI1\nI1\nI2\nd.")));
  }

  private PickleValue read(String pickle) throws IOException {
    Path file = folder.resolve("x.pkl");
    return Pickle.read(Files.write(file, pickle.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static NpyArray plain(PickleValue value) {
    return assertInstanceOf(PickleArray.class, value).plain();
  }

  private static byte[] bytes(PickleValue value) {
    return assertInstanceOf(PickleBytes.class, value).toByteArray();
  }

  /** As Python would show it, about. */
  private static String shown(PickleValue value) {
    if (value instanceof PickleItems items) {
      String inside = String.join(", ", all(items.items().stream()));
      return switch (items.kind()) {
        case LIST -> "[" + inside + "]";
        case TUPLE -> "(" + inside + ")";
        case SET -> "{" + inside + "}";
      };
    }
    if (value instanceof PickleDict dict) {
      List<String> entries =
          dict.entries().stream().map(e -> shown(e.key()) + "=" + shown(e.value())).toList();
      return "{" + String.join(", ", entries) + "}";
    }
    if (value instanceof PickleArray array) {
      return "array[" + String.join(", ", all(array.objects().stream())) + "]";
    }
    return value instanceof Int n
        ? Long.toString(n.value())
        : value instanceof Real x
            ? Double.toString(x.value())
            : value instanceof Text text ? text.value() : value.describe();
  }

  private static List<String> all(Stream<PickleValue> values) {
    return values.map(PickleTest::shown).toList();
  }

  @Test
  void namesKinds() {
    assertEquals("a list of 0", PickleItems.empty(Kind.LIST).describe());
  }
}
