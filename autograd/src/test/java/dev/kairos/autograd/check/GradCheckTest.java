// SPDX-License-Identifier: Apache-2.0
package dev.kairos.autograd.check;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.autograd.Variable;
import dev.kairos.kernels.RandomKey;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.Tensor;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The check itself: it passes what is right and catches what is wrong. */
final class GradCheckTest {
  private final Engine engine = Engine.open("reference", 1);
  private final RandomKey key = new RandomKey(11, 3);
  private final Tensor x = engine.tensor(new double[] {0.3, -1.2, 0.7, 1.9, -0.4, 0.1}, 2, 3);
  private final Tensor w = engine.tensor(new double[] {1.1, 0.2, -0.6}, 3, 1);

  @AfterEach
  void close() {
    engine.close();
  }

  private void verify(List<Tensor> inputs, Function<List<Variable>, Variable> f) {
    GradCheck.verify(engine, inputs, f, key, 1e-7);
  }

  @Test
  void passesARightGradient() {
    verify(List.of(x, w), in -> in.get(0).tanh().matmul(in.get(1)).softmax(0).square().sum());
  }

  @Test
  void catchesAMissingFactor() {
    // x * stop(x) has slope 2x, of which only x is recorded.
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () -> verify(List.of(x), in -> in.get(0).multiply(in.get(0).detach()).sum()));
    String message = error.getMessage();
    assertTrue(message.contains("gradient of input 0 [2, 3]"), message);
    assertTrue(message.contains(key.toString()), message);
  }

  @Test
  void catchesAGradientThatIsMissing() {
    assertThrows(AssertionError.class, () -> verify(List.of(x), in -> in.get(0).detach().square()));
  }

  @Test
  void catchesAGradientThatIsTooMuch() {
    // y + (y - stop(y)) has the value of y and twice its slope.
    assertThrows(
        AssertionError.class,
        () ->
            verify(
                List.of(x),
                in -> {
                  Variable y = in.get(0).exp();
                  return y.add(y.subtract(y.detach()));
                }));
  }

  @Test
  void namesTheInputThatIsWrong() {
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () -> verify(List.of(x, w), in -> in.get(0).matmul(in.get(1).detach())));
    assertTrue(error.getMessage().contains("input 1 [3, 1]"), error.getMessage());
  }

  @Test
  void catchesOneWrongElement() {
    Tensor mask = engine.tensor(new double[] {1, 1, 1, 1, 1, 0}, 2, 3);
    Function<List<Variable>, Variable> f =
        in -> {
          Variable through = in.get(0).multiply(in.get(0).constant(mask));
          Variable around = in.get(0).detach().multiply(in.get(0).constant(mask).affine(-1, 1));
          return through.add(around).square();
        };
    assertThrows(AssertionError.class, () -> verify(List.of(x), f));
  }

  @Test
  void catchesWhatIsNotANumber() {
    assertThrows(AssertionError.class, () -> verify(List.of(x), in -> in.get(0).log()));
  }

  @Test
  void passesPositionsOnAndChecksOnlyReals() {
    Tensor rows = engine.indices(new int[] {1, 1, 0}, 3);
    List<GradCheck.Result> results =
        GradCheck.run(engine, List.of(rows, x), in -> in.get(1).gather(0, in.get(0)).square(), key);
    assertEquals(List.of(1), results.stream().map(GradCheck.Result::input).toList());
    assertTrue(results.get(0).error() < 1e-8, () -> results.toString());
  }

  @Test
  void directionsFollowTheKey() {
    Function<List<Variable>, Variable> f = in -> in.get(0).exp();
    List<GradCheck.Result> first = GradCheck.run(engine, List.of(x), f, key);
    assertEquals(first, GradCheck.run(engine, List.of(x), f, key));
    assertTrue(!first.equals(GradCheck.run(engine, List.of(x), f, key.child(1))));
  }

  @Test
  void nothingToCheckIsNoError() {
    Tensor empty = engine.zeros(Shape.of(0, 3));
    assertDoesNotThrow(() -> verify(List.of(empty), in -> in.get(0).exp()));
  }

  @Test
  void needsDoublePrecision() {
    try (Engine single = Engine.open("scalar", 1)) {
      Tensor y = single.zeros(Shape.of(2));
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> GradCheck.run(single, List.of(y), in -> in.get(0).exp(), key))
              .getMessage();
      assertTrue(message.contains("scalar"), message);
    }
  }
}
