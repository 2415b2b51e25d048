// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.AdamStep;
import dev.kairos.kernels.BackendOptions;
import dev.kairos.kernels.Backends;
import dev.kairos.kernels.SgdStep;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The engine owns every buffer and gives all of them back; and what crosses to the host. */
@SuppressWarnings("try") // a scope is there to be closed
final class EngineMemoryTest {
  private final ProbedBackend probe =
      new ProbedBackend(Backends.open("scalar", BackendOptions.of(1)));
  private final Engine engine = new Engine(probe.backend());

  private double work() {
    try (Scope scope = engine.scope()) {
      Tensor x = engine.full(0.5, Shape.of(2, 9, 3));
      engine.indices(new int[] {1, 2}, 2);
      return x.softmax().sum().item();
    }
  }

  @Test
  void aClosedEngineKeepsNoBuffer() {
    Tensor weight = engine.lasting(Shape.of(3));
    Tensor kept = weight.add(1).keep(); // outside every scope
    work();
    Scope left = engine.scope();
    engine.zeros(Shape.of(100));
    assertTrue(probe.open() > 5, probe.open() + " buffers");
    assertEquals(3, kept.sum().item());
    engine.close();
    assertEquals(0, probe.open());
    left.close();
    engine.close(); // gives nothing back twice, or the probe would say so
    assertEquals(0, probe.open());
  }

  @Test
  void trimGivesBackWhatNoTensorUses() {
    Tensor weight = engine.lasting(Shape.of(3), new double[] {1, 2, 3});
    double before = work();
    try (Scope scope = engine.scope()) {
      Tensor used = engine.full(2, Shape.of(100));
      engine.trim();
      assertEquals(2, probe.open());
      assertEquals(104L * engine.realBytes(), engine.scopedBytes());
      assertEquals(200, used.sum().item());
    }
    engine.trim();
    assertEquals(1, probe.open());
    assertEquals(0, engine.scopedBytes());
    assertArrayEquals(new double[] {1, 2, 3}, weight.toDoubles());
    assertEquals(before, work());
    engine.close();
  }

  @Test
  @SuppressWarnings("CheckReturnValue") // the tensors are dropped on purpose
  void aTensorOutsideScopesThatNobodyKnowsGoesBack() throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      engine.lasting(Shape.of(1000));
    }
    for (int wait = 0; probe.open() >= 20 && wait < 200; wait++) {
      System.gc();
      Thread.sleep(5);
      engine.scope().close();
    }
    assertTrue(probe.open() < 20, probe.open() + " of 20");
    engine.close();
    assertEquals(0, probe.open());
  }

  @Test
  void temporariesGoBackButThoseThatAreKept() {
    assertThrows(IllegalStateException.class, engine::temporaries);
    try (Scope scope = engine.scope()) {
      Tensor older = engine.full(1, Shape.of(100));
      Temporaries temporaries = engine.temporaries();
      Tensor kept = engine.full(2, Shape.of(100));
      engine.full(3, Shape.of(100));
      temporaries.releaseAllBut(new Tensor[] {null, kept.reshape(4, 25).transpose(0, 1)});
      long bytes = engine.scopedBytes();
      Tensor next = engine.full(4, Shape.of(100));
      assertEquals(bytes, engine.scopedBytes());
      assertEquals(100 + 200 + 400, older.add(kept).add(next).sum().item());
      temporaries.releaseAllBut(new Tensor[] {older});
      engine.trim();
      assertEquals(104L * engine.realBytes(), engine.scopedBytes());
      assertEquals(100, older.sum().item());
    }
    engine.close();
    assertEquals(0, probe.open());
  }

  @Test
  void transfersAreCounted() {
    Transfers before = engine.transfers();
    try (Scope scope = engine.scope()) {
      Tensor x = engine.tensor(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
      engine.indices(new int[] {1, 0}, 2);
      Tensor y = x.multiply(2).transpose(0, 1);
      assertEquals(new Transfers(2, 32, 0, 0), engine.transfers().since(before));
      y.sum().item();
      y.toDoubles();
      assertEquals(new Transfers(2, 32, 2, 28), engine.transfers().since(before));
    }
    engine.close();
  }

  @Test
  void manyNumbersComeOutInOneCopy() {
    try (Scope scope = engine.scope()) {
      Tensor x = engine.tensor(new float[] {1, 2, 3}, 3);
      List<Tensor> scalars =
          List.of(x.sum(), x.narrow(0, 1, 1), engine.full(0.1, Shape.of(1, 1)), x.sum());
      Transfers before = engine.transfers();
      assertArrayEquals(new double[] {6, 2, (float) 0.1, 6}, engine.items(scalars));
      assertEquals(new Transfers(0, 0, 1, 16), engine.transfers().since(before));
      assertArrayEquals(new double[] {6}, engine.items(scalars.subList(0, 1)));
      assertArrayEquals(new double[0], engine.items(List.of()));
      assertThrows(ShapeException.class, () -> engine.items(List.of(x, x.sum())));
    }
    engine.close();
  }

  @Test
  void updatesMoveWholeWeightsOnly() {
    SgdStep sgd = new SgdStep(0.5, 0, 0, false);
    AdamStep adam = new AdamStep(0.5, 0.9, 0.9, 1e-8, 0, 0, 1, 1);
    Tensor weight = engine.lasting(Shape.of(2, 2), new double[] {1, 2, 3, 4});
    Tensor state = engine.lasting(Shape.of(2, 2));
    try (Scope scope = engine.scope()) {
      Tensor gradient = engine.tensor(new float[] {0, 2, 4, 6}, 2, 2);
      weight.sgdInPlace(sgd, gradient.transpose(0, 1), state);
      assertArrayEquals(new double[] {1, 0, 2, 1}, weight.toDoubles());
      Tensor row = weight.narrow(0, 0, 1);
      Tensor slope = gradient.narrow(0, 1, 1);
      assertThrows(ShapeException.class, () -> row.sgdInPlace(sgd, slope, slope));
      assertThrows(ShapeException.class, () -> weight.sgdInPlace(sgd, slope, state));
      assertThrows(
          ShapeException.class,
          () -> weight.adamInPlace(adam, gradient, state.transpose(0, 1), state));
    }
    engine.close();
  }
}
