// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.nn.Trial;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GradientClippingTest {
  private final Engine engine = Engine.open("reference", 1);

  private static Map<String, Tensor> gradients(Engine engine) {
    Map<String, Tensor> gradients = new LinkedHashMap<>();
    gradients.put("z", engine.tensor(new double[] {3, 0, -4}, 3));
    gradients.put("a", engine.tensor(new double[] {12}, 1, 1));
    return gradients;
  }

  private static double norm(Map<String, Tensor> gradients) {
    double squares = 0;
    for (Tensor gradient : gradients.values()) {
      for (double value : gradient.toDoubles()) {
        squares += value * value;
      }
    }
    return Math.sqrt(squares);
  }

  private static Tensor at(Map<String, Tensor> gradients, String name) {
    Tensor found = gradients.get(name);
    if (found == null) {
      throw new AssertionError("no " + name);
    }
    return found;
  }

  @Test
  void theJointNormComesDownToTheBound() {
    Map<String, Tensor> clipped = GradientClipping.byNorm(gradients(engine), 2);
    // The norm is 13: every number is multiplied by 2 / 13.000001.
    double scale = 2 / 13.000001;
    assertArrayEquals(new double[] {3 * scale, 0, -4 * scale}, at(clipped, "z").toDoubles(), 1e-15);
    assertArrayEquals(new double[] {12 * scale}, at(clipped, "a").toDoubles(), 1e-15);
    assertEquals(2 * 13 / 13.000001, norm(clipped), 1e-14);
    assertTrue(norm(clipped) <= 2);
    assertEquals(List.of("z", "a"), List.copyOf(clipped.keySet()));
  }

  @Test
  void nothingChangesBelowTheBound() {
    Map<String, Tensor> before = gradients(engine);
    for (double bound : new double[] {13.1, 1e6, Double.POSITIVE_INFINITY}) {
      Map<String, Tensor> clipped = GradientClipping.byNorm(before, bound);
      before.forEach((name, gradient) -> assertSame(gradient, clipped.get(name)));
    }
    Map<String, Tensor> zeros = Map.of("a", engine.tensor(new double[2], 2));
    assertSame(at(zeros, "a"), at(GradientClipping.byNorm(zeros, 1), "a"));
    assertTrue(GradientClipping.byNorm(Map.of(), 1).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "scalar"})
  void largeAndSmallNumbersKeepTheirDirection(String backend) {
    try (Engine on = Engine.open(backend, 1)) {
      for (double size : new double[] {1e30, 1e20, 1e3}) {
        Map<String, Tensor> gradients =
            Map.of("a", on.tensor(new double[] {3 * size, -4 * size}, 2));
        double[] clipped = at(GradientClipping.byNorm(gradients, 1), "a").toDoubles();
        Trial.assertClose(new double[] {0.6, -0.8}, clipped, 1e-6, backend + " " + size);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "scalar"})
  void whatIsNotFiniteLetsNothingElseThrough(String backend) {
    double nan = Double.NaN;
    double inf = Double.POSITIVE_INFINITY;
    assertClipped(backend, new double[] {nan}, new double[] {nan}, new double[] {nan, nan});
    assertClipped(backend, new double[] {inf}, new double[] {nan}, new double[] {0, 0});
    assertClipped(backend, new double[] {-inf, 2}, new double[] {nan, 0}, new double[] {0, 0});
    assertClipped(
        backend, new double[] {inf, nan}, new double[] {nan, nan}, new double[] {nan, nan});
  }

  private static void assertClipped(
      String backend, double[] bad, double[] ofBad, double[] ofOther) {
    try (Engine on = Engine.open(backend, 1)) {
      Map<String, Tensor> gradients = new LinkedHashMap<>();
      gradients.put("a", on.tensor(bad, bad.length));
      gradients.put("b", on.tensor(new double[] {1000, 1}, 2));
      Map<String, Tensor> clipped = GradientClipping.byNorm(gradients, 1);
      assertArrayEquals(ofBad, at(clipped, "a").toDoubles());
      assertArrayEquals(ofOther, at(clipped, "b").toDoubles());
    }
  }

  /** Whatever is among the gradients, none that comes out is larger than the bound. */
  @Test
  void noGradientPassesTheBound() {
    double[] kinds = {0, -0.0, 1, -1000, 1e-30, 1e30, -3e38, Double.NaN, Double.NEGATIVE_INFINITY};
    SplittableRandom random = new SplittableRandom(46849);
    try (Engine on = Engine.open("scalar", 1)) {
      for (int trial = 0; trial < 300; trial++) {
        Map<String, Tensor> gradients = new LinkedHashMap<>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
          double[] values = new double[random.nextInt(1, 5)];
          Arrays.setAll(values, at -> kinds[random.nextInt(kinds.length)]);
          gradients.put("w" + i, on.tensor(values, values.length));
        }
        boolean nan =
            gradients.values().stream()
                .flatMapToDouble(each -> Arrays.stream(each.toDoubles()))
                .anyMatch(Double::isNaN);
        int number = trial;
        GradientClipping.byNorm(gradients, 2)
            .forEach(
                (name, each) -> {
                  for (double value : each.toDoubles()) {
                    assertTrue(nan == Double.isNaN(value) || !nan, () -> "trial " + number);
                    assertFalse(Math.abs(value) > 2.00001, () -> "trial " + number + ": " + value);
                  }
                });
      }
    }
  }

  @Test
  void valuesComeDownOneByOne() {
    Map<String, Tensor> clipped = GradientClipping.byValue(gradients(engine), 3.5);
    assertArrayEquals(new double[] {3, 0, -3.5}, at(clipped, "z").toDoubles());
    assertArrayEquals(new double[] {3.5}, at(clipped, "a").toDoubles());
    assertEquals(List.of("z", "a"), List.copyOf(clipped.keySet()));
  }

  @Test
  void refusesABoundThatIsNotPositive() {
    for (double bad : new double[] {0, -1, Double.NaN}) {
      assertThrows(
          IllegalArgumentException.class, () -> GradientClipping.byNorm(gradients(engine), bad));
      assertThrows(
          IllegalArgumentException.class, () -> GradientClipping.byValue(gradients(engine), bad));
    }
  }
}
