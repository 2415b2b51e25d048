// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.BackendOptions;
import dev.kairos.kernels.Backends;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Memory: what is handed out, what comes back, and who may still use it. */
@SuppressWarnings("try") // a scope is there to be closed
final class EngineTest {
  private final ProbedBackend probe =
      new ProbedBackend(Backends.open("scalar", BackendOptions.of(1)));
  private final Engine engine = new Engine(probe.backend());

  @AfterEach
  void close() {
    engine.close();
  }

  /** A step like that of a training: many sizes, views, positions, nested scopes. */
  private double step(Tensor weight) {
    try (Scope scope = engine.scope()) {
      Tensor x = engine.full(0.5, Shape.of(2, 9, 3));
      Tensor y = x.conv1d(weight, 1, 1, 1).relu();
      try (Scope inner = engine.scope()) {
        Tensor pooled = y.topKMean(2, 1).softmax();
        return pooled.sum().item() + y.transpose(1, 2).contiguous().mean().item();
      }
    }
  }

  @Test
  void aLoopAllocatesNothingAfterItsFirstTurn() {
    Tensor weight = engine.lasting(Shape.of(3, 3, 5));
    weight.fill(0.25);
    double first = step(weight);
    int after = probe.allocations();
    for (int turn = 0; turn < 100; turn++) {
      assertEquals(first, step(weight));
    }
    assertEquals(after, probe.allocations());
  }

  @Test
  void lengthsThatAreAlmostAlikeShareBuffers() {
    try (Scope scope = engine.scope()) {
      engine.zeros(Shape.of(1000));
    }
    int after = probe.allocations();
    for (int length = 961; length <= 1024; length++) {
      try (Scope scope = engine.scope()) {
        engine.zeros(Shape.of(length));
      }
    }
    assertEquals(after, probe.allocations());
  }

  @Test
  void lengthsThatChangeFromTurnToTurnDoNotEachKeepTheirOwn() {
    SplittableRandom random = new SplittableRandom(5);
    for (int turn = 0; turn < 500; turn++) {
      int length = random.nextInt(1000, 4001);
      try (Scope scope = engine.scope()) {
        for (int i = 0; i < 10; i++) {
          engine.zeros(Shape.of(length));
        }
      }
    }
    long largest = 10L * 4096 * engine.realBytes();
    assertTrue(engine.scopedBytes() <= 4 * largest, engine.scopedBytes() + " of " + largest);
  }

  @Test
  void twoTensorsOfOneScopeNeverShareABuffer() {
    for (int turn = 0; turn < 2; turn++) {
      try (Scope scope = engine.scope()) {
        Tensor first = engine.full(1, Shape.of(5));
        Tensor second = engine.full(2, Shape.of(5));
        assertNotSame(first.data().buffer(), second.data().buffer());
        assertArrayEquals(new double[] {1, 1, 1, 1, 1}, first.toDoubles());
      }
    }
  }

  @Test
  void aTensorOfAClosedScopeCanNoLongerBeUsed() {
    Tensor gone;
    Tensor view;
    try (Scope scope = engine.scope()) {
      gone = engine.full(1, Shape.of(2, 3));
      view = gone.transpose(0, 1);
    }
    String message = assertThrows(IllegalStateException.class, gone::toDoubles).getMessage();
    assertTrue(message.contains("tensor [2, 3]: its scope was closed"), message);
    assertTrue(message.contains("keep()"), message);
    assertThrows(IllegalStateException.class, view::toDoubles);
    assertThrows(IllegalStateException.class, () -> gone.add(1));
    assertThrows(IllegalStateException.class, () -> gone.transpose(0, 1));
    assertThrows(IllegalStateException.class, () -> gone.fill(1));
    assertThrows(IllegalStateException.class, gone::keep);
    assertThrows(IllegalStateException.class, () -> engine.zeros(Shape.of(2, 3)).add(gone));
  }

  @Test
  void scopesCloseInReverseOrder() {
    Scope outer = engine.scope();
    Scope inner = engine.scope();
    String message = assertThrows(IllegalStateException.class, outer::close).getMessage();
    assertTrue(message.contains("close the scopes opened inside this one first"), message);
    inner.close();
    outer.close();
    outer.close();
    inner.close();
    try (Scope again = engine.scope()) {
      assertEquals(1, engine.full(1, Shape.of()).item());
    }
  }

  @Test
  void closingTwiceGivesTheBuffersBackOnce() {
    Scope scope = engine.scope();
    engine.zeros(Shape.of(3));
    scope.close();
    scope.close();
    try (Scope next = engine.scope()) {
      Tensor first = engine.full(1, Shape.of(3));
      Tensor second = engine.full(2, Shape.of(3));
      assertArrayEquals(new double[] {1, 1, 1}, first.toDoubles());
      assertArrayEquals(new double[] {2, 2, 2}, second.toDoubles());
    }
  }

  @Test
  void anOuterTensorSurvivesInnerScopes() {
    try (Scope outer = engine.scope()) {
      Tensor kept = engine.full(3, Shape.of(4));
      for (int turn = 0; turn < 3; turn++) {
        try (Scope inner = engine.scope()) {
          engine.full(turn, Shape.of(4)).add(kept);
        }
        probeUnused();
        assertArrayEquals(new double[] {3, 3, 3, 3}, kept.toDoubles());
      }
    }
  }

  /** Takes every buffer that is free and writes over it. */
  private void probeUnused() {
    try (Scope scope = engine.scope()) {
      for (int i = 0; i < 8; i++) {
        engine.full(-1, Shape.of(4));
      }
    }
  }

  @Test
  void keptAndLastingTensorsOutliveTheirScope() {
    Tensor kept;
    Tensor positions;
    Tensor ofView;
    Tensor lasting;
    try (Scope scope = engine.scope()) {
      Tensor x = engine.tensor(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
      kept = x.keep();
      ofView = x.transpose(0, 1).keep();
      positions = engine.indices(new int[] {3, 1, 2}, 3).keep();
      lasting = engine.lasting(Shape.of(2));
    }
    probeUnused();
    assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, kept.toDoubles());
    assertArrayEquals(new double[] {1, 4, 2, 5, 3, 6}, ofView.toDoubles());
    assertArrayEquals(new int[] {3, 1, 2}, positions.toInts());
    assertEquals(DType.INT32, positions.dtype());
    assertArrayEquals(new double[] {0, 0}, lasting.toDoubles());
    assertEquals(2, lasting.data().buffer().length());
    assertEquals(6, kept.data().buffer().length());
  }

  @Test
  void valuesMustFillTheirShape() {
    String message =
        assertThrows(ShapeException.class, () -> engine.tensor(new double[] {1, 2}, 3))
            .getMessage();
    assertTrue(message.contains("2 values do not fill [3]"), message);
    assertThrows(ShapeException.class, () -> engine.tensor(new float[] {1, 2}));
    assertThrows(ShapeException.class, () -> engine.indices(new int[] {1}, 0));
  }

  @Test
  void operandsOfDifferentEnginesAreRefused() {
    try (Engine other = Engine.open("scalar", 1);
        Engine precise = Engine.open("reference", 1)) {
      Tensor here = engine.zeros(Shape.of(2));
      for (Engine each : new Engine[] {other, precise}) {
        Tensor there = each.zeros(Shape.of(2));
        String message =
            assertThrows(IllegalArgumentException.class, () -> here.add(there)).getMessage();
        assertTrue(message.contains("add: its operands belong to different engines"), message);
        assertThrows(IllegalArgumentException.class, () -> here.assign(there));
      }
    }
  }

  @Test
  void realIsThePrecisionOfTheBackend() {
    assertEquals(DType.FLOAT32, engine.real());
    try (Engine precise = Engine.open("reference", 1)) {
      assertEquals(DType.FLOAT64, precise.real());
      assertEquals(0.1, precise.full(0.1, Shape.of()).item());
    }
    assertEquals((float) 0.1, engine.full(0.1, Shape.of()).item());
  }
}
