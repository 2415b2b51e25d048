// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An operation of a program's own, with a gradient of its own: for what cannot be composed of
 * {@link TensorOps}, or whose gradient should be another than that of its composition. The one
 * entry in the closed list of {@link Op} that others fill.
 *
 * <pre>{@code
 * CustomOp silu =
 *     CustomOp.unary(
 *         "silu",
 *         x -> x.multiply(x.sigmoid()),
 *         (x, y, gradient) -> {
 *           Tensor s = x.sigmoid();
 *           return gradient.multiply(s.add(y).subtract(y.multiply(s)));
 *         });
 * Variable out = silu.on(in); // also of a Tensor
 * }</pre>
 *
 * <p>What the parts give is checked against the rule of shapes, and what they refuse is named.
 * {@code dev.kairos.autograd.check.GradCheck} holds the gradient against differences.
 *
 * @param definition what it computes
 */
public record CustomOp(Definition definition) implements Op {

  /**
   * Rule, forward and gradient. Tensors may be computed by operations, or from arrays: {@link
   * Tensor#toDoubles} out, {@link Engine#tensor} of {@link Tensor#engine} in. Nothing that is
   * computed may be kept for later calls: its memory goes back with the scope.
   */
  public interface Definition {
    /** The name used in messages. */
    String name();

    /** How many operands it takes, at least one. */
    int operands();

    /**
     * The shape and type of the result, by default those of the first operand.
     *
     * @throws ShapeException if the shapes of the operands do not fit
     * @throws DTypeException if their types do not fit
     */
    default TensorSpec spec(List<TensorSpec> operands) {
      return operands.get(0);
    }

    /**
     * Computes the result, without writing into an operand. A result of whole numbers is treated as
     * a constant.
     */
    Tensor forward(List<Tensor> operands);

    /**
     * The vector-Jacobian product with respect to one operand of reals, in its shape; zeros where
     * no gradient flows.
     *
     * @param operand which
     * @param result what the forward gave
     * @param gradient of some scalar with respect to the result, in the result's shape
     */
    Tensor gradient(int operand, List<Tensor> operands, Tensor result, Tensor gradient);
  }

  /** The gradient of a {@link #unary}. */
  @FunctionalInterface
  public interface UnaryGradient {
    /**
     * The gradient with respect to x.
     *
     * @param x the operand
     * @param y the result
     * @param gradient with respect to the result
     */
    Tensor of(Tensor x, Tensor y, Tensor gradient);
  }

  private record Function(String name, UnaryOperator<Tensor> function, UnaryGradient slope)
      implements Definition {
    @Override
    public int operands() {
      return 1;
    }

    @Override
    public Tensor forward(List<Tensor> operands) {
      return function.apply(operands.get(0));
    }

    @Override
    public Tensor gradient(int operand, List<Tensor> operands, Tensor result, Tensor gradient) {
      return slope.of(operands.get(0), result, gradient);
    }
  }

  /** An operation on one operand that keeps its shape. */
  public static CustomOp unary(String name, UnaryOperator<Tensor> forward, UnaryGradient gradient) {
    return new CustomOp(new Function(name, forward, gradient));
  }

  /** The result on one operand. */
  public <T extends TensorOps<T>> T on(T x) {
    return x.apply(this, List.of(x));
  }

  /** The result on two operands. */
  public <T extends TensorOps<T>> T on(T left, T right) {
    return left.apply(this, List.of(left, right));
  }

  /** The result on some operands. */
  public <T extends TensorOps<T>> T on(List<T> operands) {
    if (operands.isEmpty()) {
      throw new ShapeException(name() + ": needs an operand");
    }
    return operands.get(0).apply(this, operands);
  }

  @Override
  public String name() {
    return definition.name();
  }

  @Override
  public TensorSpec spec(List<? extends Described> inputs) {
    List<TensorSpec> specs = inputs.stream().map(Described::spec).toList();
    if (specs.size() != definition.operands()) {
      throw new ShapeException(
          name() + ": takes " + definition.operands() + " operands, not " + specs);
    }
    return named(name(), () -> definition.spec(specs));
  }

  @Override
  public Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor made = named(name(), () -> definition.forward(List.copyOf(inputs)));
    return checked("the result", made, result, inputs);
  }

  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    String part = "the gradient of operand " + input;
    Tensor made =
        named(
            name() + ": " + part,
            () -> definition.gradient(input, List.copyOf(inputs), output, gradient));
    // A copy, since the tape adds to what it is given, and the definition may hold that too.
    return checked(part, made, inputs.get(input).spec(), inputs).copy();
  }

  private Tensor checked(
      String part, @Nullable Tensor made, TensorSpec expected, List<Tensor> inputs) {
    String rule = name() + ": " + part + " must be " + expected + ", not ";
    if (made == null) {
      throw new IllegalStateException(rule + "null");
    }
    if (made.engine() != inputs.get(0).engine()) {
      throw new IllegalStateException(rule + "of another engine");
    }
    if (!made.shape().equals(expected.shape())) {
      throw new ShapeException(rule + made.spec());
    }
    if (made.dtype() != expected.dtype()) {
      throw new DTypeException(rule + made.spec());
    }
    return made;
  }

  /** What a part refuses, under the name of the operation. */
  private <R> R named(String name, Supplier<R> part) {
    try {
      return part.get();
    } catch (ShapeException e) {
      ShapeException refused = new ShapeException(message(name, e));
      refused.initCause(e);
      throw refused;
    } catch (DTypeException e) {
      DTypeException refused = new DTypeException(message(name, e));
      refused.initCause(e);
      throw refused;
    } catch (IndexOutOfBoundsException e) {
      IndexOutOfBoundsException refused = new IndexOutOfBoundsException(message(name, e));
      refused.initCause(e);
      throw refused;
    }
  }

  private String message(String name, RuntimeException refused) {
    String message = String.valueOf(refused.getMessage());
    return message.startsWith(name() + ": ") ? message : name + ": " + message;
  }
}
