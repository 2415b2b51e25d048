// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people know from NumPy and PyTorch, with their NaN, infinities and ties. */
final class FamiliarNamesTest {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;

  private Engine engine = Engine.open("reference", 1);

  @AfterEach
  void close() {
    engine.close();
  }

  private void on(String backend) {
    engine.close();
    engine = Engine.open(backend, 2);
  }

  private Tensor of(double... values) {
    return engine.tensor(values, values.length);
  }

  private Tensor matrix(int columns, double... values) {
    return engine.tensor(values, values.length / columns, columns);
  }

  private void assertGives(Tensor found, Shape shape, double... expected) {
    assertEquals(shape, found.shape());
    Close.assertClose(engine.backend().name(), expected, found.toDoubles(), 1e-6);
  }

  private static void assertInts(Tensor found, Shape shape, int... expected) {
    assertEquals(shape, found.shape());
    assertArrayEquals(expected, found.toInts());
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "scalar"})
  void ranges(String backend) {
    on(backend);
    assertInts(engine.arange(4), Shape.of(4), 0, 1, 2, 3);
    assertInts(engine.arange(0), Shape.of(0));
    assertInts(engine.arange(-3), Shape.of(0));
    assertInts(engine.arange(5, -2, -3), Shape.of(3), 5, 2, -1);
    assertInts(engine.arange(5, -1, -3), Shape.of(2), 5, 2);
    int most = Integer.MAX_VALUE;
    assertInts(engine.arange(-most, most, most), Shape.of(2), -most, 0); // the distance is no int
    assertGives(engine.arange(0.5, 2, 0.5), Shape.of(3), 0.5, 1, 1.5);
    assertGives(engine.arange(1.0, 0, -0.25), Shape.of(4), 1, 0.75, 0.5, 0.25);
    assertGives(engine.arange(1.0, 0, 1), Shape.of(0));
    assertGives(engine.linspace(-1, 1, 5), Shape.of(5), -1, -0.5, 0, 0.5, 1);
    assertGives(engine.linspace(3, 7, 1), Shape.of(1), 3);
    assertGives(engine.linspace(3, 7, 0), Shape.of(0));
    assertEquals(0.3, engine.linspace(0.1, 0.3, 1000).get(-1), engine.realBytes() == 4 ? 1e-7 : 0);
    assertGives(engine.eye(3), Shape.of(3, 3), 1, 0, 0, 0, 1, 0, 0, 0, 1);
    assertGives(engine.eye(0), Shape.of(0, 0));
    for (Runnable call :
        List.<Runnable>of(
            () -> engine.arange(0, 3, 0),
            () -> engine.arange(0.0, 3, 0),
            () -> engine.arange(0, INF, 1),
            () -> engine.arange(NAN, 1, 1))) {
      String message = assertThrows(ShapeException.class, call::run).getMessage();
      assertTrue(message.startsWith("arange("), message);
    }
    assertThrows(ShapeException.class, () -> engine.linspace(0, 1, -1));
    assertThrows(ShapeException.class, () -> engine.eye(-1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "scalar"})
  void positionsCountFromTheEndToo(String backend) {
    on(backend);
    Tensor x = matrix(3, 1, 2, 3, 4, 5, 6);
    assertGives(x.select(0, -1), Shape.of(3), 4, 5, 6);
    assertGives(x.select(-1, -3), Shape.of(2), 1, 4);
    assertGives(x.narrow(1, -2, 2), Shape.of(2, 2), 2, 3, 5, 6);
    assertGives(x.narrow(1, -3, 1), Shape.of(2, 1), 1, 4);
    assertGives(x.narrow(1, 3, 0), Shape.of(2, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "scalar"})
  void stacksAlongANewAxis(String backend) {
    on(backend);
    Tensor one = of(1, 2, 3);
    Tensor two = of(4, 5, 6);
    assertGives(one.stack(0, List.of(two)), Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
    assertGives(one.stack(1, List.of(two)), Shape.of(3, 2), 1, 4, 2, 5, 3, 6);
    assertGives(one.stack(-1, List.of(two)), Shape.of(3, 2), 1, 4, 2, 5, 3, 6);
    assertGives(one.stack(-2, List.of()), Shape.of(1, 3), 1, 2, 3);
    assertGives(
        engine.full(1, Shape.of()).stack(0, List.of(engine.full(2, Shape.of()))),
        Shape.of(2),
        1,
        2);
    assertGives(of().stack(0, List.of(of(), of())), Shape.of(3, 0));
    assertInts(engine.arange(2).stack(0, List.of(engine.arange(2))), Shape.of(2, 2), 0, 1, 0, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "scalar"})
  void theFirstOfEqualExtremes(String backend) {
    on(backend);
    Tensor x = matrix(4, 3, 9, 9, 1, 2, 1, 5, 1);
    assertInts(x.argmax(1, false), Shape.of(2), 1, 2);
    assertInts(x.argmin(-1, true), Shape.of(2, 1), 3, 1);
    assertInts(x.argmax(0, false), Shape.of(4), 0, 0, 0, 0);
    assertInts(x.argmin(0, true), Shape.of(1, 4), 1, 1, 1, 0);
    assertInts(of(0.0, -0.0).argmin(0, false), Shape.of(), 0);
    assertInts(of(1, NAN, INF, NAN).argmax(0, false), Shape.of(), 1);
    assertInts(of(1, -INF, NAN, NAN).argmin(0, false), Shape.of(), 2);
    assertInts(engine.zeros(Shape.of(0, 3)).argmax(1, false), Shape.of(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "scalar"})
  void sortsBothWaysAndKeepsTies(String backend) {
    on(backend);
    Sorted<Tensor> up = of(3, NAN, INF, -1, 3, -INF, NAN).sort(0, false);
    assertArrayEquals(new double[] {-INF, -1, 3, 3, INF, NAN, NAN}, up.values().toDoubles());
    assertInts(up.indices(), Shape.of(7), 5, 3, 0, 4, 2, 1, 6);
    Sorted<Tensor> down = of(3, NAN, INF, -1, 3, -INF, NAN).sort(-1, true);
    assertArrayEquals(new double[] {NAN, NAN, INF, 3, 3, -1, -INF}, down.values().toDoubles());
    assertInts(down.indices(), Shape.of(7), 1, 6, 2, 0, 4, 3, 5);
    Sorted<Tensor> columns = matrix(2, 3, 1, 1, 2, 2, 1).sort(0, false);
    assertGives(columns.values(), Shape.of(3, 2), 1, 1, 2, 1, 3, 2);
    assertInts(columns.indices(), Shape.of(3, 2), 1, 0, 2, 2, 0, 1);
    Sorted<Tensor> none = engine.zeros(Shape.of(2, 0)).sort(1, false);
    assertEquals(Shape.of(2, 0), none.values().shape());
    assertInts(none.indices(), Shape.of(2, 0));
    double[] zeros = of(0.0, -0.0).sort(0, false).values().toDoubles();
    assertEquals(0, Double.compare(0.0, zeros[0]));
    assertEquals(0, Double.compare(-0.0, zeros[1]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "scalar", "cpu"})
  void sortsLongRows(String backend) {
    on(backend);
    SplittableRandom random = new SplittableRandom(3);
    double[] values = random.ints(10_001, -50, 50).asDoubleStream().toArray();
    Integer[] order = new Integer[values.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
    int[] expected = Arrays.stream(order).mapToInt(i -> i).toArray();
    assertArrayEquals(expected, of(values).sort(0, false).indices().toInts());
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "scalar"})
  void sumsUpToEach(String backend) {
    on(backend);
    Tensor x = matrix(3, 1, 2, 3, 4, 5, 6);
    assertGives(x.cumsum(1), Shape.of(2, 3), 1, 3, 6, 4, 9, 15);
    assertGives(x.cumsum(-2), Shape.of(2, 3), 1, 2, 3, 5, 7, 9);
    assertGives(of().cumsum(0), Shape.of(0));
    assertGives(of(4).cumsum(0), Shape.of(1), 4);
    double[] special = of(1, INF, 2, -INF, 3).cumsum(0).toDoubles();
    assertArrayEquals(new double[] {1, INF, INF, NAN, NAN}, special);
    assertArrayEquals(new double[] {1, NAN, NAN}, of(1, NAN, 2).cumsum(0).toDoubles());
    for (int n = 1; n < 40; n++) {
      double[] sums = engine.full(1, Shape.of(n)).cumsum(0).toDoubles();
      for (int i = 0; i < n; i++) {
        assertEquals(i + 1, sums[i]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "scalar"})
  void whatIsNotChosenDoesNotCount(String backend) {
    on(backend);
    Tensor condition = of(1, 0, -0.0, NAN, -2);
    Tensor yes = of(1, NAN, INF, 4, 5);
    Tensor no = of(NAN, 20, 30, -INF, NAN);
    assertGives(yes.where(condition, no), Shape.of(5), 1, 20, 30, 4, 5);
    Tensor column = engine.tensor(new double[] {1, 0}, 2, 1);
    Tensor seven = engine.full(7, Shape.of());
    assertGives(of(1, 2, 3).where(column, seven), Shape.of(2, 3), 1, 2, 3, 7, 7, 7);
    assertGives(seven.where(of(0, 1), of(1, 2)), Shape.of(2), 1, 7);
    assertGives(seven.where(seven, seven), Shape.of(), 7);
    assertGives(of().where(of(), seven), Shape.of(0));
    assertThrows(DTypeException.class, () -> seven.where(engine.arange(2), seven));
    assertThrows(DTypeException.class, () -> of(1, 2).where(seven, engine.arange(2)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "scalar", "cpu"})
  void logSumExpOfAnything(String backend) {
    on(backend);
    Tensor x = matrix(2, 0, Math.log(3), 1000, 1000, -1000, -1000, -INF, 5);
    double two = Math.log(2);
    assertGives(x.logSumExp(1, false), Shape.of(4), Math.log(4), 1000 + two, -1000 + two, 5);
    assertEquals(Shape.of(1, 2), x.logSumExp(0, true).shape());
    assertArrayEquals(
        new double[] {-INF, INF, INF, NAN},
        matrix(2, -INF, -INF, INF, 3, INF, INF, NAN, 1).logSumExp(1, false).toDoubles());
    assertGives(engine.full(-3, Shape.of(1, 1)).logSumExp(0, false), Shape.of(1), -3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "scalar"})
  void aTensorDetachedIsItself(String backend) {
    on(backend);
    Tensor x = of(1, 2);
    assertTrue(x.detach() == x);
  }
}
