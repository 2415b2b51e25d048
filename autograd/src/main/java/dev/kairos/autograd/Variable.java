// SPDX-License-Identifier: Apache-2.0
package dev.kairos.autograd;

import dev.kairos.tensor.DType;
import dev.kairos.tensor.Op;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.TensorOps;
import java.util.List;

/** A tensor on a {@link Tape}: its operations are evaluated at once and recorded. */
public final class Variable implements TensorOps<Variable> {
  static final int CONSTANT = -1;

  private final Tape tape;
  private final int index;
  private final Tensor value;

  Variable(Tape tape, int index, Tensor value) {
    this.tape = tape;
    this.index = index;
    this.value = value;
  }

  Tape tape() {
    return tape;
  }

  int index() {
    return index;
  }

  /** The value. */
  public Tensor value() {
    return value;
  }

  @Override
  public Variable detach() {
    return tape.constant(value);
  }

  @Override
  public Shape shape() {
    return value.shape();
  }

  @Override
  public DType dtype() {
    return value.dtype();
  }

  @Override
  public Variable self() {
    return this;
  }

  @Override
  public Variable apply(Op op, List<Variable> inputs) {
    return tape.record(op, inputs);
  }

  @Override
  public Variable constant(Tensor tensor) {
    return tape.constant(tensor);
  }

  /** Shape and type; the elements are shown by {@link #value}. */
  @Override
  public String toString() {
    return (index == CONSTANT ? "Constant " : "Variable ") + value.spec();
  }
}
