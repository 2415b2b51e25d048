// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One way to try an operation. The operands are views over bare tensors, so that gradients flow
 * through the views as well.
 *
 * @param op what is tried
 * @param inputs its operands
 * @param smooth whether differences around the operands approximate its gradient
 */
public record OpCase(Op op, List<OpInput> inputs, boolean smooth) {
  /** The bare tensors behind the operands: the same numbers on every engine and every time. */
  public List<Tensor> bases(Engine engine) {
    SplittableRandom random = new SplittableRandom(toString().hashCode());
    List<Tensor> bases = new ArrayList<>();
    for (OpInput input : inputs) {
      bases.add(input.base(engine, random));
    }
    return bases;
  }

  /** The operands, as views over the bare tensors. */
  public <T extends TensorOps<T>> List<T> operands(List<T> bases) {
    List<T> operands = new ArrayList<>();
    for (int i = 0; i < bases.size(); i++) {
      operands.add(inputs.get(i).arrangement().view(bases.get(i), inputs.get(i).shape()));
    }
    return operands;
  }

  /** The result on the views over the bare tensors. */
  public <T extends TensorOps<T>> T apply(List<T> bases) {
    List<T> operands = operands(bases);
    return operands.get(0).apply(op, operands);
  }

  @Override
  public String toString() {
    return op + " on " + inputs;
  }
}
