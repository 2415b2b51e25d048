// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.init.Initializer;
import dev.kairos.nn.layer.Linear;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.Shape;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ParametersTest {
  private static final RandomKey KEY = new RandomKey(5, 0);

  private final Engine engine = Engine.open("reference", 1);

  private Parameters made(RandomKey key, String... names) {
    Parameters parameters = new Parameters(engine, key);
    for (String name : names) {
      new Linear(parameters.at(name), 4, 3, true);
    }
    return parameters;
  }

  @Test
  void aWeightDependsOnSeedAndNameAlone() {
    Parameters forward = made(KEY, "a", "b", "c");
    Parameters backward = made(KEY, "c", "extra", "a");
    for (String name : List.of("a.weight", "a.bias", "c.weight", "c.bias")) {
      assertArrayEquals(Trial.weight(forward, name), Trial.weight(backward, name), name);
    }
    Parameters other = made(new RandomKey(6, 0), "a");
    assertFalse(Arrays.equals(Trial.weight(forward, "a.weight"), Trial.weight(other, "a.weight")));
  }

  @Test
  void weightsOfDifferentNamesDiffer() {
    Parameters parameters = made(KEY, "a", "b", "ab", "ba");
    Set<Double> seen = new HashSet<>();
    for (Parameter parameter : parameters.all()) {
      for (double value : parameter.value().toDoubles()) {
        assertTrue(seen.add(value), parameter::toString);
      }
    }
  }

  @Test
  void singlePrecisionRoundsTheSameValues() {
    try (Engine scalar = Engine.open("scalar", 2)) {
      Parameters single = new Parameters(scalar, KEY);
      new Linear(single.at("a"), 4, 3, true);
      double[] exact = Trial.weight(made(KEY, "a"), "a.weight");
      double[] rounded = Trial.weight(single, "a.weight");
      for (int i = 0; i < exact.length; i++) {
        assertEquals((float) exact[i], (float) rounded[i]);
      }
    }
  }

  @Test
  void theTreeIsOneListInTheOrderOfMaking() {
    Parameters parameters = new Parameters(engine, KEY);
    Parameters deep = parameters.at("x").at("y");
    deep.create("w", Shape.of(2, 3), Initializer.zeros(), FileLayout.SAME);
    parameters.create("v", Shape.of(), Initializer.constant(4), FileLayout.SAME);
    assertEquals(List.of("x.y.w", "v"), List.copyOf(parameters.byName().keySet()));
    assertEquals(List.of("x.y.w", "v"), deep.all().stream().map(Parameter::name).toList());
    assertEquals(List.of("x.y.w"), deep.below().stream().map(Parameter::name).toList());
    assertEquals(List.of(), parameters.at("x.y.w").below());
    assertEquals(parameters.all(), parameters.below());
    assertEquals(7, parameters.count());
    assertArrayEquals(new double[] {4}, Trial.weight(parameters, "v"));
    assertEquals("x.y.w [2, 3]", parameters.all().get(0).toString());
    assertSame(engine, deep.engine());
    assertThrows(UnsupportedOperationException.class, () -> parameters.byName().clear());
  }

  @Test
  void aNameIsGivenOnce() {
    Parameters parameters = made(KEY, "a");
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> new Linear(parameters.at("a"), 2, 2, false));
    assertTrue(String.valueOf(e.getMessage()).contains("a.weight"), e::getMessage);
    assertEquals(2, parameters.all().size());
    assertEquals(Shape.of(4, 3), parameters.all().get(0).value().shape());
  }

  @Test
  void refusesAnInitialiserThatGivesAnotherNumberOfValues() {
    Parameters parameters = new Parameters(engine, KEY);
    Parameter made =
        parameters.create("w", Shape.of(2, 2), (count, random) -> new double[3], FileLayout.SAME);
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, made::value);
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains("w") && message.contains("3") && message.contains("4"), message);
  }

  @Test
  void refusesALayoutThatDoesNotFitTheShape() {
    Parameters parameters = new Parameters(engine, KEY);
    for (FileLayout layout : new FileLayout[] {FileLayout.LINEAR, FileLayout.CONV1D}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> parameters.create("w", Shape.of(4), Initializer.zeros(), layout),
          layout::toString);
    }
    assertTrue(parameters.all().isEmpty());
  }

  @Test
  void weightsOutliveTheScopeTheyWereMadeIn() {
    Parameters parameters;
    try (Scope scope = engine.scope()) {
      parameters = made(KEY, "a");
      assertSame(scope, scope);
    }
    engine.tensor(new double[12], 12);
    assertArrayEquals(
        Trial.weight(made(KEY, "a"), "a.weight"), Trial.weight(parameters, "a.weight"));
  }
}
