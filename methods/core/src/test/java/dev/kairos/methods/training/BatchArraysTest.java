// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class BatchArraysTest {
  private final BatchArrays arrays = new BatchArrays();

  @Test
  void whatComesBackServesTheNextOfItsLength() {
    float[] first = arrays.take(5);
    float[] second = arrays.take(5);
    assertNotSame(first, second);
    arrays.give(first);
    assertSame(first, arrays.take(5));
    assertEquals(5, arrays.take(5).length);
  }

  @Test
  void anotherLengthIsMadeAndTheOldOneLetGo() {
    float[] old = arrays.take(5);
    arrays.give(old);
    assertEquals(6, arrays.take(6).length);
    assertNotSame(old, arrays.take(5));
  }
}
