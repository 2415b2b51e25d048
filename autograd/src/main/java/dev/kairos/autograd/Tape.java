// SPDX-License-Identifier: Apache-2.0
package dev.kairos.autograd;

import dev.kairos.tensor.DTypeException;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Op;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.ShapeException;
import dev.kairos.tensor.Temporaries;
import dev.kairos.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One forward and backward pass. Records each operation on variables in order, gives gradients by
 * walking back, and owns the memory of the pass: closing the tape hands it all back at once.
 * Walking back hands back what it makes on its way as soon as nothing needs it.
 *
 * <pre>{@code
 * try (Tape tape = new Tape(engine)) {
 *   Variable w = tape.leaf(weight);
 *   Variable loss = tape.constant(x).matmul(w).square().mean();
 *   Tensor slope = tape.backward(loss).of(w);
 * }
 * }</pre>
 */
public final class Tape implements AutoCloseable {
  /** Memory of a gradient that something else sees too, such as another gradient. */
  private static final byte SHARED = 0;

  /** Memory that nothing else sees, in any arrangement. */
  private static final byte ALONE = 1;

  /** Memory that nothing else sees, in rows without gaps: can be added to. */
  private static final byte OWN = 2;

  private final Engine engine;
  private final Scope scope;
  private final long begin;
  private final List<Node> nodes = new ArrayList<>();
  private boolean closed;

  /** A tape whose tensors live until it is closed. */
  public Tape(Engine engine) {
    this.engine = engine;
    this.scope = engine.scope();
    this.begin = engine.writes();
  }

  /** The engine it computes on. */
  public Engine engine() {
    return engine;
  }

  /**
   * A variable whose gradient is wanted.
   *
   * @throws DTypeException if its elements are not reals
   */
  public Variable leaf(Tensor value) {
    requireOpen("leaf");
    engine.requireOwner("leaf");
    if (!value.dtype().isReal()) {
      throw new DTypeException("leaf: only reals have gradients, not " + value.spec());
    }
    return add(null, List.of(), List.of(), value);
  }

  /** A value that no gradient flows into. */
  public Variable constant(Tensor value) {
    return new Variable(this, Variable.CONSTANT, value);
  }

  void requireOpen(String name) {
    if (closed) {
      throw new IllegalStateException(name + ": the tape was closed");
    }
  }

  void requireOwn(String name, Variable variable) {
    if (variable.tape() != this) {
      throw new IllegalStateException(name + ": the variable belongs to a different tape");
    }
  }

  void requireLeaf(Variable variable) {
    int index = variable.index();
    @Nullable Op op = index == Variable.CONSTANT ? null : nodes.get(index).op();
    if (op != null) {
      throw new IllegalStateException(
          "gradient: kept for leaves only, not for the result "
              + variable.shape()
              + " of "
              + op.name());
    }
  }

  private Variable add(@Nullable Op op, List<Variable> inputs, List<Tensor> values, Tensor output) {
    int writes = Math.toIntExact(engine.writes() - begin);
    nodes.add(new Node(op, inputs, values, output, writes));
    return new Variable(this, nodes.size() - 1, output);
  }

  Variable record(Op op, List<Variable> inputs) {
    requireOpen(op.name());
    boolean needed = false;
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).tape() != this) {
        throw new IllegalStateException(op.name() + ": its operands belong to different tapes");
      }
      needed |= inputs.get(i).index() != Variable.CONSTANT;
    }
    List<Tensor> values = values(inputs);
    Tensor output = values.get(0).apply(op, values);
    return needed && op.differentiable() && output.dtype().isReal()
        ? add(op, List.copyOf(inputs), values, output)
        : constant(output);
  }

  private static List<Tensor> values(List<Variable> variables) {
    return switch (variables.size()) {
      case 1 -> List.of(variables.get(0).value());
      case 2 -> List.of(variables.get(0).value(), variables.get(1).value());
      case 3 ->
          List.of(variables.get(0).value(), variables.get(1).value(), variables.get(2).value());
      default -> variables.stream().map(Variable::value).toList();
    };
  }

  /**
   * The gradients of a scalar with respect to every leaf it depends on.
   *
   * @throws ShapeException if {@code root} has more than one element
   * @throws IllegalStateException if a value that a gradient is computed from was overwritten since
   *     the operation was recorded
   */
  public Gradients backward(Variable root) {
    requireOpen("backward");
    if (root.shape().count() != 1) {
      throw new ShapeException("backward: starts from one element, not " + root.shape());
    }
    Tensor one = engine.full(1, root.shape());
    return backward(root, one);
  }

  /**
   * The gradients of {@code <root, seed>}: one vector-Jacobian product. Each is in memory of its
   * own.
   *
   * @param seed of the shape of {@code root}
   */
  public Gradients backward(Variable root, Tensor seed) {
    requireOpen("backward");
    engine.requireOwner("backward");
    requireOwn("backward", root);
    if (!seed.shape().equals(root.shape())) {
      throw new ShapeException(
          "backward: the seed "
              + seed.shape()
              + " must have the shape of the root "
              + root.shape());
    }
    @Nullable Tensor[] gradients = new @Nullable Tensor[nodes.size()];
    byte[] own = new byte[nodes.size()];
    if (root.index() != Variable.CONSTANT) {
      gradients[root.index()] = seed;
    }
    Temporaries temporaries = engine.temporaries();
    for (int i = root.index(); i >= 0; i--) {
      Tensor gradient = gradients[i];
      Node node = nodes.get(i);
      if (gradient != null && node.op() != null) {
        spread(node.op(), node, gradient, gradients, own);
        gradients[i] = null;
        temporaries.releaseAllBut(gradients);
      }
    }
    Map<Integer, Tensor> leaves = new HashMap<>();
    for (int i = 0; i < gradients.length; i++) {
      Tensor gradient = gradients[i];
      if (gradient != null) {
        leaves.put(i, own[i] == SHARED ? gradient.copy() : gradient);
      }
    }
    return new Gradients(this, leaves);
  }

  /**
   * Adds a node's gradient to those of its operands.
   *
   * @param own what else sees the memory of each gradient
   */
  private void spread(Op op, Node node, Tensor gradient, @Nullable Tensor[] gradients, byte[] own) {
    List<Tensor> values = node.values();
    for (int input = 0; input < values.size(); input++) {
      int target = node.inputs().get(input).index();
      if (target == Variable.CONSTANT) {
        continue;
      }
      node.requireUnchanged(op, input, begin, nodes);
      Tensor sofar = gradients[target];
      if (sofar == null) {
        Tensor part = op.vjp(input, values, node.output(), gradient);
        gradients[target] = part;
        own[target] = ownership(part, gradient, node.output(), values);
      } else if (own[target] == OWN) {
        op.addVjp(input, values, node.output(), gradient, sofar);
      } else {
        gradients[target] = sofar.add(op.vjp(input, values, node.output(), gradient));
        own[target] = OWN;
      }
    }
  }

  /** What sees the memory of a part of a gradient beside what it was computed from. */
  private static byte ownership(Tensor part, Tensor gradient, Tensor output, List<Tensor> inputs) {
    boolean found = part.sharesMemory(gradient) || part.sharesMemory(output);
    for (int i = 0; i < inputs.size(); i++) {
      found |= part.sharesMemory(inputs.get(i));
    }
    if (found) {
      return SHARED;
    }
    return part.isContiguous() ? OWN : ALONE;
  }

  /**
   * The first recorded operation whose result is not finite, for the message of a training that
   * diverged: its name and shape.
   */
  public Optional<String> firstNonFinite() {
    for (Node node : nodes) {
      if (!isFinite(node.output())) {
        String name = node.op() == null ? "leaf" : node.op().name();
        return Optional.of(name + " " + node.output().shape());
      }
    }
    return Optional.empty();
  }

  private static boolean isFinite(Tensor tensor) {
    return Arrays.stream(tensor.toDoubles()).allMatch(Double::isFinite);
  }

  /** Hands the memory of the pass back; its variables and gradients can no longer be used. */
  @Override
  public void close() {
    scope.close();
    closed = true;
  }
}
