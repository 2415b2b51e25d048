// SPDX-License-Identifier: Apache-2.0
package dev.kairos.autograd;

import dev.kairos.tensor.Op;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One recorded operation and where its result stands.
 *
 * @param op null for a leaf
 * @param values of the inputs
 * @param writes that the engine had counted, since the tape began, when this was recorded
 */
record Node(
    @Nullable Op op, List<Variable> inputs, List<Tensor> values, Tensor output, int writes) {

  /**
   * Refuses the gradient of an input if what it is computed from was overwritten meanwhile.
   *
   * @param op this node's
   * @param begin the engine's writes when the tape began
   * @param nodes of the tape, for the message
   */
  void requireUnchanged(Op op, int input, long begin, List<Node> nodes) {
    long recorded = begin + writes;
    for (int operand = 0; operand < values.size(); operand++) {
      if (op.reads(input, operand) && values.get(operand).isNewerThan(recorded)) {
        Shape shape = values.get(operand).shape();
        String what = made(inputs.get(operand), nodes) + " " + shape;
        throw changed(op, "operand " + operand + ", " + what + ",");
      }
    }
    if (op.reads(input, Op.RESULT) && output.isNewerThan(recorded)) {
      throw changed(op, "the result " + output.shape());
    }
  }

  private static String made(Variable operand, List<Node> nodes) {
    if (operand.index() == Variable.CONSTANT) {
      return "a constant";
    }
    @Nullable Op maker = nodes.get(operand.index()).op();
    return maker == null ? "a leaf" : "the result of " + maker.name();
  }

  private IllegalStateException changed(Op op, String what) {
    return new IllegalStateException(
        "backward: "
            + what
            + " of "
            + op.name()
            + " on "
            + values.stream().map(Tensor::shape).toList()
            + " was overwritten after that was computed, and its gradient needs what was there;"
            + " overwrite it after backward, or put a copy() of it on the tape");
  }
}
