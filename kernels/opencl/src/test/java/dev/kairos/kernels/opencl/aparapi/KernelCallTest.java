// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl.aparapi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aparapi.Range;
import com.aparapi.opencl.OpenCL;
import dev.kairos.kernels.opencl.KernelShape;
import dev.kairos.kernels.opencl.KernelSource;
import dev.kairos.kernels.opencl.OpenClException;
import dev.kairos.kernels.opencl.WorkRange;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each mistake that would end the JVM is found before the call. Needs no device. */
class KernelCallTest {
  private static final KernelCall.Limits LIMITS = new KernelCall.Limits(64, 64, 8, 4000, 9000);
  private static final WorkRange RANGE = new WorkRange(16, 4, 3, 8, 2);

  private final KernelCall call =
      Objects.requireNonNull(KernelCall.declaredBy(Right.class).get("scale"));

  /** What can be declared. */
  interface Right extends OpenCL<Right> {
    @Kernel("scale")
    Right scale(
        Range range,
        @GlobalReadOnly("in") float[] in,
        @GlobalReadWrite("out") float[] out,
        @GlobalReadOnly("numbers") int[] numbers,
        @Arg("count") int count,
        @Arg("by") float by);
  }

  /** What Aparapi would leave unset, or unread. */
  interface Wrong extends OpenCL<Wrong> {
    @Kernel("k")
    Wrong shortNumber(Range range, @Arg("n") short n);

    @Kernel("k")
    Wrong longArray(Range range, @GlobalReadWrite("out") long[] out);

    @Kernel("k")
    Wrong constantArray(Range range, @Constant("in") float[] in);

    @Kernel("k")
    Wrong writtenOnly(Range range, @GlobalWriteOnly("out") float[] out);

    @Kernel("k")
    Wrong plain(Range range, float[] in);

    @Kernel("k")
    Wrong numberAsArray(Range range, @GlobalReadOnly("n") int n);

    @Kernel("k")
    Wrong noRange(@GlobalReadOnly("in") float[] in);

    Wrong noName(Range range, @GlobalReadOnly("in") float[] in);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shortNumber",
        "longArray",
        "constantArray",
        "writtenOnly",
        "plain",
        "numberAsArray",
        "noRange",
        "noName"
      })
  void refusesDeclarations(String name) {
    Method method =
        Arrays.stream(Wrong.class.getDeclaredMethods())
            .filter(each -> each.getName().equals(name))
            .findFirst()
            .orElseThrow();
    assertThrows(IllegalArgumentException.class, () -> new KernelCall(method));
  }

  @Test
  void allKernelsOfTheTextsAreDeclaredRightly() {
    Map<String, KernelCall> panels = KernelCall.declaredBy(PanelKernels.class);
    assertEquals(
        Set.copyOf(KernelSource.products(KernelShape.PROCESSOR).kernels()), panels.keySet());
    KernelShape tiles = KernelShape.graphics(KernelShape.Tile.USUAL);
    assertEquals(
        Set.copyOf(KernelSource.products(tiles).kernels()),
        KernelCall.declaredBy(TileKernels.class).keySet());
  }

  private void refuses(String part, WorkRange range, @Nullable Object... arguments) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> call.check(LIMITS, range, arguments));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith("scale: ") && message.contains(part), message);
  }

  private static @Nullable Object[] arguments() {
    return new @Nullable Object[] {new float[3], new float[4], new int[5], 6, 7f};
  }

  private static @Nullable Object[] with(int place, @Nullable Object value) {
    @Nullable Object[] arguments = arguments();
    arguments[place] = value;
    return arguments;
  }

  @Test
  void acceptsWhatIsDeclared() {
    assertDoesNotThrow(() -> call.check(LIMITS, RANGE, arguments()));
    assertDoesNotThrow(() -> call.check(LIMITS, new WorkRange(1, 1, 1, 1, 1), arguments()));
    assertDoesNotThrow(() -> call.check(LIMITS, RANGE, with(0, new float[1000])));
  }

  @Test
  void refusesArguments() {
    refuses("in is null", RANGE, with(0, null));
    refuses("by is null", RANGE, with(4, null));
    refuses("out has no elements", RANGE, with(1, new float[0]));
    refuses("numbers has no elements", RANGE, with(2, new int[0]));
    refuses("in must be float[]: int[]", RANGE, with(0, new int[3]));
    refuses("out must be float[]: double[]", RANGE, with(1, new double[3]));
    refuses("count must be int: Short", RANGE, with(3, (short) 6));
    refuses("count must be int: Float", RANGE, with(3, 6f));
    refuses("by must be float: Double", RANGE, with(4, 7.0));
    refuses("4 arguments for 5", RANGE, new float[3], new float[4], new int[5], 6);
  }

  @Test
  void refusesRanges() {
    refuses("along x", new WorkRange(15, 4, 1, 8, 2), arguments());
    refuses("along y", new WorkRange(16, 5, 1, 8, 2), arguments());
    refuses("along x", new WorkRange(0, 4, 1, 8, 2), arguments());
    refuses("along z", new WorkRange(16, 4, 0, 8, 2), arguments());
    refuses("along x", new WorkRange(1L << 31, 4, 1, 8, 2), arguments());
    refuses("along x", new WorkRange(128, 4, 1, 128, 1), arguments());
    refuses("along y", new WorkRange(16, 16, 1, 1, 16), arguments());
    refuses("along x", new WorkRange(16, 4, 1, 0, 2), arguments());
    refuses("the device allows 64", new WorkRange(32, 8, 1, 16, 8), arguments());
  }

  @Test
  void arraysThatDoNotFitAreOutOfMemory() {
    OpenClException one =
        assertThrows(
            OpenClException.class, () -> call.check(LIMITS, RANGE, with(0, new float[1001])));
    assertEquals(OpenClException.Kind.OUT_OF_MEMORY, one.kind());
    OpenClException all =
        assertThrows(
            OpenClException.class,
            () -> call.check(LIMITS, RANGE, new float[900], new float[900], new int[900], 6, 7f));
    assertEquals(OpenClException.Kind.OUT_OF_MEMORY, all.kind());
  }

  @Test
  void anArrayHandedOverTwiceIsCopiedWhereItIsOnlyRead() {
    float[] both = {1, 2};
    int[] numbers = {3};
    Object[] arguments = {both, both, numbers, 6, 7f};
    call.separate(arguments);
    assertNotSame(both, arguments[0]);
    assertArrayEquals(both, (float[]) arguments[0]);
    assertSame(both, arguments[1]);
    assertSame(numbers, arguments[2]);
  }
}
