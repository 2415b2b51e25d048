// SPDX-License-Identifier: Apache-2.0
package dev.kairos.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.BackendOptions;
import dev.kairos.kernels.Backends;
import dev.kairos.tensor.DTypeException;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.ProbedBackend;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.ShapeException;
import dev.kairos.tensor.Tensor;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // a scope is there to be closed
final class TapeTest {
  private final ProbedBackend probe =
      new ProbedBackend(Backends.open("reference", BackendOptions.of(1)));
  private final Engine engine = new Engine(probe.backend());

  @AfterEach
  void close() {
    engine.close();
  }

  private Tensor of(double... values) {
    return engine.tensor(values, values.length);
  }

  private static void assertValues(Tensor actual, double... expected) {
    assertArrayEquals(expected, actual.toDoubles(), 1e-12);
  }

  @Test
  void usesOfOneVariableAddUp() {
    try (Tape tape = new Tape(engine)) {
      Variable x = tape.leaf(of(2, 3));
      // x^2 + 5x + x * x^2: slope 2x + 5 + 3x^2
      Variable square = x.multiply(x);
      Variable sum = square.add(x.multiply(5)).add(x.multiply(square)).sum();
      assertValues(tape.backward(sum).of(x), 4 + 5 + 12, 6 + 5 + 27);
    }
  }

  @Test
  void sumsOfGradientsLeaveSeedAndOperandsAlone() {
    try (Tape tape = new Tape(engine)) {
      Tensor given = engine.tensor(new double[] {1, 2, 3, 4}, 2, 2);
      Tensor seed = engine.tensor(new double[] {1, 0, 0, 1}, 2, 2);
      Variable x = tape.leaf(given);
      Variable middle = x.multiply(2);
      // The first part is the seed itself, the second half of it, then come products.
      Variable y = middle.add(middle.narrow(0, 0, 1)).add(middle.matmul(middle));
      Tensor slope = tape.backward(y, seed).of(x);
      // Twice that of 2x: the seed, its sum over rows in the first, and (2x)' twice.
      assertValues(slope.reshape(4), 2 * (1 + 1 + 4), 2 * (0 + 1 + 12), 2 * (0 + 8), 2 * (1 + 16));
      assertValues(given.reshape(4), 1, 2, 3, 4);
      assertValues(seed.reshape(4), 1, 0, 0, 1);
    }
  }

  @Test
  void gradientsOnTheWayAreNotHeldTogether() {
    try (Tape tape = new Tape(engine)) {
      Variable x = tape.leaf(engine.full(0.5, Shape.of(1000)));
      Variable y = x;
      for (int i = 0; i < 50; i++) {
        y = y.multiply(x).sigmoid();
      }
      Variable sum = y.sum();
      long forward = engine.scopedBytes();
      tape.backward(sum);
      long gradient = 1024L * engine.realBytes();
      long more = engine.scopedBytes() - forward;
      assertTrue(more <= 6 * gradient, more + " bytes for 100 gradients of " + gradient);
    }
  }

  @Test
  void aGradientThatIsAViewOutlivesWhatItIsAViewOf() {
    try (Tape tape = new Tape(engine)) {
      Variable w = tape.leaf(of(1, 2, 3, 4));
      Variable x = tape.leaf(of(5, 6, 7, 8));
      Variable late = w; // whose gradients are found last
      for (int i = 0; i < 10; i++) {
        late = late.multiply(2);
      }
      Variable turned = x.reshape(2, 2).transpose(0, 1);
      Gradients gradients = tape.backward(late.reshape(2, 2).multiply(turned).sum());
      assertValues(gradients.of(x), 1024, 3072, 2048, 4096);
      assertValues(gradients.of(w), 5120, 7168, 6144, 8192);
    }
  }

  @Test
  void theSameOperandTwiceCountsTwice() {
    try (Tape tape = new Tape(engine)) {
      Variable x = tape.leaf(of(1, 2));
      assertValues(tape.backward(x.add(x).sum()).of(x), 2, 2);
      assertValues(tape.backward(x.subtract(x).sum()).of(x), 0, 0);
      assertValues(tape.backward(x.divide(x).sum()).of(x), 0, 0);
    }
  }

  @Test
  void backwardMayRunMoreThanOnce() {
    try (Tape tape = new Tape(engine)) {
      Variable x = tape.leaf(of(2, 3));
      Variable y = x.square();
      assertValues(tape.backward(y.sum()).of(x), 4, 6);
      assertValues(tape.backward(y.sum()).of(x), 4, 6);
      assertValues(tape.backward(y, of(1, -1)).of(x), 4, -6);
    }
  }

  @Test
  void twoLeavesOfOneTensorAreTwoVariables() {
    try (Tape tape = new Tape(engine)) {
      Tensor value = of(2);
      Variable x = tape.leaf(value);
      Variable y = tape.leaf(value);
      Gradients gradients = tape.backward(x.multiply(3).add(y.multiply(4)).sum());
      assertValues(gradients.of(x), 3);
      assertValues(gradients.of(y), 4);
    }
  }

  @Test
  void theRootMayBeALeaf() {
    try (Tape tape = new Tape(engine)) {
      Variable x = tape.leaf(engine.full(4, Shape.of(1, 1)));
      assertValues(tape.backward(x).of(x), 1);
    }
  }

  @Test
  void constantsGetNoGradient() {
    try (Tape tape = new Tape(engine)) {
      Variable x = tape.leaf(of(2, 3));
      Variable c = tape.constant(of(5, 7));
      Gradients gradients = tape.backward(x.multiply(c).sum());
      assertValues(gradients.of(x), 5, 7);
      assertValues(gradients.of(c), 0, 0);
      assertEquals("Constant [2] FLOAT64", c.square().toString());
      assertEquals("Variable [2] FLOAT64", x.square().toString());
    }
  }

  @Test
  void aConstantRootGivesZeros() {
    try (Tape tape = new Tape(engine)) {
      Variable x = tape.leaf(of(2, 3));
      assertValues(tape.backward(x.greater(tape.constant(of(0, 9))).sum()).of(x), 0, 0);
    }
  }

  @Test
  void detachStopsTheGradientButKeepsTheValue() {
    try (Tape tape = new Tape(engine)) {
      Variable x = tape.leaf(of(2, 3));
      Variable y = x.square();
      assertValues(y.detach().value(), 4, 9);
      assertValues(tape.backward(x.multiply(y.detach()).sum()).of(x), 4, 9);
      assertValues(tape.backward(y.detach().sum()).of(x), 0, 0);
    }
  }

  @Test
  void aLeafThatIsNotReachedGetsZeros() {
    try (Tape tape = new Tape(engine)) {
      Variable x = tape.leaf(of(2));
      Variable unused = tape.leaf(engine.full(1, Shape.of(2, 3)));
      Variable after = x.square();
      Variable aside = unused.exp();
      Gradients gradients = tape.backward(after.sum());
      assertEquals(Shape.of(2, 3), gradients.of(unused).shape());
      assertValues(gradients.of(unused), 0, 0, 0, 0, 0, 0);
      assertEquals(Shape.of(2, 3), aside.shape());
    }
  }

  @Test
  void leavesMadeAfterTheRootGetZeros() {
    try (Tape tape = new Tape(engine)) {
      Variable x = tape.leaf(of(2));
      Variable root = x.square().sum();
      Variable later = tape.leaf(of(1));
      assertValues(tape.backward(root).of(later), 0);
    }
  }

  @Test
  void onlyLeavesOfTheSameTapeHaveGradients() {
    try (Tape tape = new Tape(engine);
        Tape other = new Tape(engine)) {
      Variable x = tape.leaf(of(2));
      Variable y = x.square();
      Variable stranger = other.leaf(of(2));
      Gradients gradients = tape.backward(y.sum());
      assertRefused(() -> gradients.of(stranger), "different tape");
      assertRefused(() -> gradients.of(y), "leaves only, not for the result [1] of multiply");
      assertRefused(() -> tape.backward(stranger), "different tape");
    }
  }

  private static void assertRefused(Runnable call, String fragment) {
    String message = assertThrows(IllegalStateException.class, call::run).getMessage();
    assertTrue(message.contains(fragment), message);
  }

  @Test
  void operandsOfDifferentTapesAreRefused() {
    try (Tape tape = new Tape(engine);
        Tape other = new Tape(engine)) {
      Variable x = tape.leaf(of(2));
      Variable y = other.leaf(of(3));
      assertRefused(() -> x.add(y), "add: its operands belong to different tapes");
      assertRefused(() -> x.add(other.constant(of(3))), "different tapes");
    }
  }

  @Test
  void backwardStartsFromOneElementOrASeedOfItsShape() {
    try (Tape tape = new Tape(engine)) {
      Variable x = tape.leaf(of(2, 3));
      String message =
          assertThrows(ShapeException.class, () -> tape.backward(x.square())).getMessage();
      assertTrue(message.contains("backward") && message.contains("[2]"), message);
      message =
          assertThrows(ShapeException.class, () -> tape.backward(x.square(), of(1))).getMessage();
      assertTrue(message.contains("[1]") && message.contains("[2]"), message);
      assertThrows(ShapeException.class, () -> tape.backward(tape.leaf(engine.zeros(Shape.of(0)))));
    }
  }

  @Test
  void positionsCannotBeLeaves() {
    try (Tape tape = new Tape(engine)) {
      Tensor positions = engine.indices(new int[] {1, 0}, 2);
      String message = assertThrows(DTypeException.class, () -> tape.leaf(positions)).getMessage();
      assertTrue(message.contains("INT32"), message);
      Variable x = tape.leaf(of(2, 3));
      Variable picked = x.gather(0, tape.constant(positions));
      assertValues(tape.backward(picked, of(10, 20)).of(x), 20, 10);
    }
  }

  @Test
  void firstNonFiniteNamesTheFirstOperation() {
    try (Tape tape = new Tape(engine)) {
      Variable x = tape.leaf(of(1, -1));
      assertEquals(Optional.empty(), tape.firstNonFinite());
      Variable bad = x.exp().log().add(x).sqrt();
      assertEquals(Shape.of(), bad.exp().sum().shape());
      assertEquals(Optional.of("sqrt [2]"), tape.firstNonFinite());
    }
    try (Tape tape = new Tape(engine)) {
      Variable x = tape.leaf(of(1, Double.POSITIVE_INFINITY));
      assertEquals(Shape.of(2), x.exp().shape());
      assertEquals(Optional.of("leaf [2]"), tape.firstNonFinite());
    }
    try (Tape tape = new Tape(engine)) {
      Variable x = tape.leaf(of(1, 2));
      Variable worse = x.divide(tape.constant(of(1, 0)));
      assertEquals(Shape.of(2), worse.shape());
      assertEquals(Optional.of("divide [2]"), tape.firstNonFinite());
    }
  }

  @Test
  void nothingCanBeUsedAfterClosing() {
    Tensor value = engine.lasting(Shape.of(2));
    Tape tape = new Tape(engine);
    Variable x = tape.leaf(value);
    Variable unused = tape.leaf(value);
    Variable y = x.square();
    Variable root = y.sum();
    Gradients gradients = tape.backward(root);
    Tensor slope = gradients.of(x);
    tape.close();
    tape.close();
    assertThrows(IllegalStateException.class, slope::toDoubles);
    assertRefused(() -> gradients.of(x), "closed");
    assertRefused(() -> gradients.of(unused), "closed");
    assertRefused(() -> tape.backward(root), "closed");
    assertRefused(() -> x.add(1), "closed");
    assertRefused(() -> tape.leaf(value), "closed");
    assertThrows(IllegalStateException.class, () -> y.value().toDoubles());
    assertValues(value, 0, 0);
  }

  @Test
  void aKeptGradientOutlivesItsTape() {
    Tensor kept;
    try (Tape tape = new Tape(engine)) {
      Variable x = tape.leaf(of(1, 2, 3));
      kept = tape.backward(x.sum()).of(x).keep();
    }
    try (Scope scope = engine.scope()) {
      for (int i = 0; i < 8; i++) {
        engine.full(-1, Shape.of(3));
      }
      assertValues(kept.add(1), 2, 2, 2);
    }
  }

  @Test
  void aTrainingLoopAllocatesNothingAfterItsFirstStep() {
    Tensor weight = engine.lasting(Shape.of(3, 2, 4));
    weight.fill(0.5);
    Tensor input = engine.lasting(Shape.of(2, 9, 2));
    input.fill(1);
    step(weight, input);
    int after = probe.allocations();
    for (int turn = 0; turn < 100; turn++) {
      step(weight, input);
    }
    assertEquals(after, probe.allocations());
    assertTrue(Double.isFinite(weight.toDoubles()[0]));
  }

  private void step(Tensor weight, Tensor input) {
    try (Tape tape = new Tape(engine)) {
      Variable w = tape.leaf(weight);
      Variable x = tape.constant(input);
      Variable loss = x.conv1d(w, 1, 1, 1).tanh().topKMean(3, 1).square().mean();
      Tensor slope = tape.backward(loss).of(w);
      weight.assign(weight.subtract(slope.multiply(0.1)));
    }
  }
}
