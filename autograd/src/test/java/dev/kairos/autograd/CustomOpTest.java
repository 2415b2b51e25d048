// SPDX-License-Identifier: Apache-2.0
package dev.kairos.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.autograd.check.GradCheck;
import dev.kairos.kernels.RandomKey;
import dev.kairos.tensor.CustomOp;
import dev.kairos.tensor.DType;
import dev.kairos.tensor.DTypeException;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.ShapeException;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.TensorSpec;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Operations that a program declares: they train, and their mistakes are named. */
final class CustomOpTest {
  private static final RandomKey KEY = new RandomKey(6, 0);

  private final Engine engine = Engine.open("reference", 1);

  @AfterEach
  void close() {
    engine.close();
  }

  private static CustomOp silu() {
    return CustomOp.unary(
        "silu",
        x -> x.multiply(x.sigmoid()),
        (x, y, gradient) -> {
          Tensor s = x.sigmoid();
          return gradient.multiply(s.add(y).subtract(y.multiply(s)));
        });
  }

  /** Kept in [low, high], but below low with a small slope on the way back, so that it recovers. */
  private record LeakyClamp(double low, double high) implements CustomOp.Definition {
    @Override
    public String name() {
      return "leakyClamp";
    }

    @Override
    public int operands() {
      return 1;
    }

    @Override
    public Tensor forward(List<Tensor> operands) {
      return operands.get(0).clamp(low, high);
    }

    @Override
    public Tensor gradient(int operand, List<Tensor> operands, Tensor result, Tensor gradient) {
      Tensor inside = operands.get(0).between(low, high);
      Tensor below = operands.get(0).affine(1, -low).step(0.25, 0);
      return gradient.multiply(inside.add(below));
    }
  }

  private Tensor of(double... values) {
    return engine.tensor(values, values.length);
  }

  @Test
  void computesOnTensorsAndPassesTheCheck() {
    Tensor x = of(-2, -0.5, 0, 1, 3);
    assertArrayEquals(x.swish(1).toDoubles(), silu().on(x).toDoubles(), 1e-15);
    GradCheck.verify(engine, List.of(x), in -> silu().on(in.get(0)).square(), KEY, 1e-7);
    CustomOp wrong = CustomOp.unary("wrong", Tensor::square, (in, y, gradient) -> gradient);
    assertThrows(
        AssertionError.class,
        () -> GradCheck.verify(engine, List.of(x), in -> wrong.on(in.get(0)), KEY, 1e-7));
  }

  @Test
  void trainsByItsOwnGradient() {
    CustomOp clamp = new CustomOp(new LeakyClamp(0, 1));
    Tensor weight = engine.lasting(Shape.of(1), new double[] {-3});
    for (int step = 0; step < 200; step++) {
      try (Tape tape = new Tape(engine)) {
        Variable w = tape.leaf(weight);
        Variable loss = silu().on(clamp.on(w)).affine(1, -0.5).square().sum();
        weight.addInPlace(tape.backward(loss).of(w).multiply(-0.5));
      }
    }
    assertEquals(0.5, silu().on(weight).item(), 1e-6); // a plain clamp has no slope at -3
  }

  @Test
  void whatItGaveBackStaysItsOwn() {
    Tensor ones = engine.lasting(Shape.of(2), new double[] {1, 1});
    CustomOp sum = CustomOp.unary("ones", UnaryOperator.identity(), (x, y, gradient) -> ones);
    try (Tape tape = new Tape(engine)) {
      Variable x = tape.leaf(of(3, 4));
      Variable twice = sum.on(x).add(sum.on(x)).add(x);
      assertArrayEquals(new double[] {3, 3}, tape.backward(twice.sum()).of(x).toDoubles());
    }
    assertArrayEquals(new double[] {1, 1}, ones.toDoubles());
  }

  @Test
  void wholeNumbersAreConstants() {
    CustomOp order =
        new CustomOp(
            new CustomOp.Definition() {
              @Override
              public String name() {
                return "order";
              }

              @Override
              public int operands() {
                return 1;
              }

              @Override
              public TensorSpec spec(List<TensorSpec> operands) {
                return new TensorSpec(operands.get(0).shape(), DType.INT32);
              }

              @Override
              public Tensor forward(List<Tensor> operands) {
                return operands.get(0).sortIndices(false);
              }

              @Override
              public Tensor gradient(int operand, List<Tensor> all, Tensor result, Tensor slope) {
                throw new AssertionError("no gradient flows into positions");
              }
            });
    try (Tape tape = new Tape(engine)) {
      Variable x = tape.leaf(of(3, 1));
      Variable largest = x.gather(0, order.on(x)).select(0, -1);
      assertArrayEquals(new double[] {1, 0}, tape.backward(largest).of(x).toDoubles());
    }
  }

  private <E extends Throwable> E refused(Class<E> type, String message, Executable call) {
    E refused = assertThrows(type, call);
    assertEquals(message, refused.getMessage());
    return refused;
  }

  private void backward(CustomOp op) {
    try (Tape tape = new Tape(engine)) {
      tape.backward(op.on(tape.leaf(engine.zeros(Shape.of(2, 3)))).sum());
    }
  }

  @Test
  void aGradientOfAnotherShapeIsNamed() {
    CustomOp shorter =
        CustomOp.unary("shorter", Tensor::exp, (x, y, gradient) -> gradient.sum(false, 0));
    refused(
        ShapeException.class,
        "shorter: the gradient of operand 0 must be [2, 3] FLOAT64, not [3] FLOAT64",
        () -> backward(shorter));
    CustomOp whole = CustomOp.unary("whole", Tensor::exp, (x, y, gradient) -> x.sortIndices(true));
    refused(
        DTypeException.class,
        "whole: the gradient of operand 0 must be [2, 3] FLOAT64, not [2, 3] INT32",
        () -> backward(whole));
    ShapeException inside =
        refused(
            ShapeException.class,
            "inside: the gradient of operand 0: matmul: columns must equal rows:"
                + " left [2, 3] (..,M,K), right [2, 3] (..,K,N): 3 != 2",
            () -> backward(CustomOp.unary("inside", Tensor::exp, (x, y, g) -> g.matmul(x))));
    assertInstanceOf(ShapeException.class, inside.getCause());
  }

  @Test
  void aForwardThatBreaksItsRuleIsNamed() {
    Tensor x = of(1, 2);
    CustomOp.UnaryGradient none = (in, y, gradient) -> gradient;
    refused(
        ShapeException.class,
        "total: the result must be [2] FLOAT64, not [] FLOAT64",
        () -> CustomOp.unary("total", Tensor::sum, none).on(x));
    refused(
        DTypeException.class,
        "reals: exp: needs reals, not [2] INT32",
        () -> CustomOp.unary("reals", Tensor::exp, none).on(engine.arange(2)));
    refused(
        ShapeException.class,
        "one: takes 1 operands, not [[2] FLOAT64, [2] FLOAT64]",
        () -> CustomOp.unary("one", Tensor::exp, none).on(x, x));
    refused(
        ShapeException.class,
        "one: needs an operand",
        () -> CustomOp.unary("one", Tensor::exp, none).on(List.<Tensor>of()));
    Tensor far = engine.indices(new int[] {7}, 1);
    String message =
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> CustomOp.unary("pick", in -> in.gather(0, far), none).on(x))
            .getMessage();
    assertTrue(message.startsWith("pick: gather: position 7"), message);
    try (Engine other = Engine.open("reference", 1)) {
      refused(
          IllegalStateException.class,
          "away: the result must be [2] FLOAT64, not of another engine",
          () -> CustomOp.unary("away", in -> other.zeros(Shape.of(2)), none).on(x));
    }
  }
}
