// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kairos.autograd.Gradients;
import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConsistencyTest {
  private final Engine engine = Engine.open("reference", 1);

  @AfterEach
  void close() {
    engine.close();
  }

  private Tensor cas(double... values) {
    return engine.tensor(values, 1, values.length / 2, 2);
  }

  @Test
  void meanAndSumOfTheDistance() {
    Tensor a = cas(1, 2, 3, 4);
    Tensor b = cas(0, 4, 3, 1);
    assertEquals(1.5, Consistency.DEFAULT.between(a, b).item());
    assertEquals(6, new Consistency(true, false).between(a, b).item());
  }

  @Test
  void distributionsDoNotSeeAShiftOfAllChannels() {
    Tensor a = cas(1, 2, 3, 4);
    Tensor shifted = cas(6, 7, -2, -1);
    assertEquals(0, new Consistency(false, true).between(a, shifted).item(), 1e-15);
    double apart = new Consistency(false, true).between(a, cas(2, 1, 3, 4)).item();
    assertEquals(Math.tanh(0.5) / 2, apart, 1e-12); // of one snippet in two, in both channels
  }

  @Test
  void theGradientReachesBothAndIsNothingWhereTheyAgree() {
    try (Tape tape = new Tape(engine)) {
      Variable a = tape.leaf(cas(1, 2, 3, 4));
      Variable b = tape.leaf(cas(0, 4, 3, 1));
      Gradients gradients = tape.backward(Consistency.DEFAULT.between(a, b));
      assertArrayEquals(new double[] {0.25, -0.25, 0, 0.25}, gradients.of(a).toDoubles());
      assertArrayEquals(new double[] {-0.25, 0.25, 0, -0.25}, gradients.of(b).toDoubles());
    }
  }

  @Test
  void lengthsMustAgree() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Consistency.DEFAULT.between(cas(1, 2, 3, 4), cas(1, 2)));
  }
}
