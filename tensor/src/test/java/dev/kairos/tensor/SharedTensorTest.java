// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.AdamStep;
import dev.kairos.kernels.BackendOptions;
import dev.kairos.kernels.Backends;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tensors over memory that other engines read too. */
final class SharedTensorTest {
  private static final Shape SHAPE = Shape.of(2, 3);

  private final float[] values = {1, 2, 3, 4, 5, 6};

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "scalar", "reference"})
  void itIsComputedWithLikeAnyOther(String backend) {
    try (Engine engine = Engine.open(backend, 1)) {
      Tensor shared = engine.shared(SHAPE, values);
      assertEquals(21, shared.sum().item());
      assertArrayEquals(new double[] {4, 5, 6}, shared.narrow(0, 1, 1).toDoubles());
      assertArrayEquals(new float[] {2, 4, 6, 8, 10, 12}, shared.add(shared).toFloats());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "scalar", "reference"})
  void nobodyWritesIntoIt(String backend) {
    try (Engine engine = Engine.open(backend, 1)) {
      Tensor shared = engine.shared(SHAPE, values);
      Tensor other = engine.zeros(SHAPE);
      var refused = assertThrows(IllegalStateException.class, () -> shared.fill(0));
      assertTrue(refused.getMessage().contains("keep()"), refused.getMessage());
      assertThrows(IllegalStateException.class, () -> shared.assign(other));
      assertThrows(IllegalStateException.class, () -> shared.narrow(0, 0, 1).fill(0));
      assertThrows(IllegalStateException.class, () -> shared.addInPlace(other));
      var step = new AdamStep(0.1, 0.9, 0.99, 1e-8, 0, 0, 1, 1);
      Tensor first = engine.lasting(SHAPE);
      Tensor second = engine.lasting(SHAPE);
      assertThrows(
          IllegalStateException.class, () -> shared.adamInPlace(step, other, first, second));
      Tensor own = shared.keep();
      own.fill(0);
      assertEquals(21, shared.sum().item());
      assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, values);
    }
  }

  @Test
  void enginesOnTheHostReadTheSameMemory() {
    var probe = new ProbedBackend(Backends.open("scalar", BackendOptions.of(1)));
    try (Engine engine = new Engine(probe.backend())) {
      int before = probe.allocations();
      Tensor shared = engine.shared(SHAPE, values);
      assertEquals(before, probe.allocations());
      values[0] = 11; // what nobody may do, to see that it is this array
      assertEquals(31, shared.sum().item());
    }
  }

  @Test
  void asManyValuesAsTheShapeHas() {
    try (Engine engine = Engine.open("cpu", 1)) {
      assertThrows(ShapeException.class, () -> engine.shared(Shape.of(7), values));
    }
  }
}
