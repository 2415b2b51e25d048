// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.Backend;
import dev.kairos.kernels.BackendOptions;
import dev.kairos.kernels.Backends;
import dev.kairos.kernels.Buffer;
import dev.kairos.kernels.ForwardingBackend;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a tensor prints: its elements where they can be read, and never an exception. */
@SuppressWarnings("try") // a scope is there to be closed
final class TensorTextTest {
  private final Engine engine = Engine.open("scalar", 1);

  @AfterEach
  void close() {
    engine.close();
  }

  private static void assertPrints(Tensor tensor, String... lines) {
    assertEquals(String.join("\n", lines), tensor.toString());
  }

  private Tensor of(double... values) {
    return engine.tensor(values, values.length);
  }

  private Tensor counting(int... sizes) {
    int n = Shape.of(sizes).count();
    return engine.arange(0.0, n, 1).reshape(sizes);
  }

  @Test
  void vectorsAndScalarsStandInOneLine() {
    assertPrints(of(1, -2, 300), "Tensor [3] FLOAT32 [  1.0,  -2.0, 300.0]");
    assertPrints(of(0.5, -2), "Tensor [2] FLOAT32 [ 0.5000, -2.0000]");
    assertPrints(engine.full(2.25, Shape.of()), "Tensor [] FLOAT32 2.2500");
    assertPrints(engine.arange(3), "Tensor [3] INT32 [0, 1, 2]");
    assertPrints(of(), "Tensor [0] FLOAT32 []");
    assertPrints(engine.zeros(Shape.of(2, 0, 3)), "Tensor [2, 0, 3] FLOAT32 []");
  }

  @Test
  void rowsStandBelowEachOther() {
    assertPrints(
        counting(2, 3), //
        "Tensor [2, 3] FLOAT32",
        "[[0.0, 1.0, 2.0],",
        " [3.0, 4.0, 5.0]]");
    assertPrints(
        counting(2, 2, 1).transpose(0, 1),
        "Tensor [2, 2, 1] FLOAT32",
        "[[[0.0],",
        "  [2.0]],",
        "",
        " [[1.0],",
        "  [3.0]]]");
    assertPrints(engine.arange(2).reshape(2, 1), "Tensor [2, 1] INT32", "[[0],", " [1]]");
  }

  @Test
  void oneFormatFitsAll() {
    assertPrints(of(1e-7, 1), "Tensor [2] FLOAT32 [1.0000e-07, 1.0000e+00]");
    assertPrints(of(1e9, 0), "Tensor [2] FLOAT32 [1.0000e+09, 0.0000e+00]");
    double inf = Double.POSITIVE_INFINITY;
    assertPrints(of(Double.NaN, inf, -inf), "Tensor [3] FLOAT32 [      NaN,  Infinity, -Infinity]");
    assertPrints(of(-0.0, 0), "Tensor [2] FLOAT32 [-0.0,  0.0]");
  }

  @Test
  void aLongRowGoesOnInTheNextLine() {
    String[] lines = counting(1, 60).toString().split("\n", -1);
    assertEquals(5, lines.length);
    assertTrue(lines[1].startsWith("[[ 0.0,  1.0"), lines[1]);
    assertTrue(lines[2].startsWith("  1"), lines[2]);
    assertTrue(Arrays.stream(lines).allMatch(line -> line.length() <= 100));
    assertTrue(lines[4].endsWith("59.0]]"), lines[4]);
  }

  @Test
  void ofALargeOneTheCornersAreCopiedOut() {
    Tensor large = counting(200, 3, 500);
    Transfers before = engine.transfers();
    String text = large.toString();
    Transfers copied = engine.transfers().since(before);
    assertEquals(1, copied.reads());
    assertEquals(6L * 3 * 6 * Float.BYTES, copied.bytesRead());
    String[] lines = text.split("\n", -1);
    assertEquals("[[[     0.0,      1.0,      2.0, ...,    497.0,    498.0,    499.0],", lines[1]);
    assertEquals(" ...,", lines[13]);
    assertTrue(text.endsWith("299997.0, 299998.0, 299999.0]]]"), text);
    assertPrints(
        engine.arange(1001), "Tensor [1001] INT32 [   0,    1,    2, ...,  998,  999, 1000]");
    assertPrints(
        engine.full(1, Shape.of(1)).broadcastTo(Shape.of(2_000_000_000)),
        "Tensor [2000000000] FLOAT32 [1.0, 1.0, 1.0, ..., 1.0, 1.0, 1.0]");
  }

  @Test
  void ofManyAxesFewerAreShown() {
    int[] sizes = new int[7];
    Arrays.fill(sizes, 5);
    long shown = counting(sizes).toString().chars().filter(c -> c == '.').count();
    assertEquals(128, shown - 3 * 127); // a point in each of 2^7 corners, and dots in each bracket
    Arrays.fill(sizes, 2);
    assertTrue(counting(sizes).toString().endsWith("127.0]]]]]]]"));
    Tensor deep = engine.zeros(Shape.of(2, 2, 2, 2, 2, 2, 2, 2, 2, 2));
    assertEquals("(too many axes to show)", deep.toString().split("\n| ", 13)[12]);
  }

  @Test
  void whatCannotBeReadSaysWhy() throws InterruptedException {
    Tensor x;
    try (Scope scope = engine.scope()) {
      x = of(1, 2);
    }
    assertPrints(x, "Tensor [2] FLOAT32 (not shown: its scope was closed)");
    Tensor here = of(1, 2);
    String elsewhere = "Tensor [2] FLOAT32 (not shown: its engine belongs to another thread)";
    assertEquals(elsewhere, inAnotherThread(here::toString));
    engine.handOver(); // printing takes nothing: the engine still waits for whoever uses it
    assertEquals(elsewhere, inAnotherThread(here::toString));
    assertPrints(here, elsewhere);
    assertEquals(2, here.get(1));
    assertPrints(here, "Tensor [2] FLOAT32 [1.0, 2.0]");
    engine.close();
    assertPrints(here, "Tensor [2] FLOAT32 (not shown: its engine was closed)");
  }

  private static String inAnotherThread(Supplier<String> call) throws InterruptedException {
    AtomicReference<String> found = new AtomicReference<>("");
    Thread thread = new Thread(() -> found.set(call.get()));
    thread.start();
    thread.join();
    return found.get();
  }

  @Test
  void aBrokenDeviceDoesNotBreakTheMessage() {
    Backend broken =
        new ForwardingBackend(Backends.open("scalar", BackendOptions.of(1))) {
          @Override
          public void read(Buffer source, int offset, double[] target, int from, int length) {
            throw new IllegalStateException("the device was lost");
          }
        };
    try (Engine other = new Engine(broken)) {
      assertPrints(other.zeros(Shape.of(3)), "Tensor [3] FLOAT32 (not shown: the device was lost)");
    }
  }

  @Test
  void printingMakesNothingThatLasts() {
    ProbedBackend probe = new ProbedBackend(Backends.open("scalar", BackendOptions.of(1)));
    try (Engine probed = new Engine(probe.backend())) {
      Tensor x = probed.zeros(Shape.of(50, 50));
      assertTrue(x.toString().endsWith("0.0]]"));
      int after = probe.allocations();
      assertTrue(x.toString().endsWith("0.0]]"));
      assertEquals(after, probe.allocations());
    }
  }
}
