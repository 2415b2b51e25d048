// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.SingularMatrixException;
import java.util.List;
import java.util.function.Supplier;

/** The X of {@code A X = B} for small systems: A {@code [B,n,n]}, B {@code [B,n,m]}. */
record Solve() implements Contraction {
  @Override
  public String name() {
    return "solve";
  }

  @Override
  public TensorSpec spec(List<? extends Described> inputs) {
    TensorSpec a = inputs.get(0).spec();
    TensorSpec b = inputs.get(1).spec();
    Rules.real(name(), a);
    Rules.real(name(), b);
    Supplier<String> where =
        () -> "matrix " + a.shape() + " (B,n,n), right side " + b.shape() + " (B,n,m)";
    Rules.rank(name(), "matrix (B,n,n)", where, a, 3);
    Rules.rank(name(), "right side (B,n,m)", where, b, 3);
    Rules.equal(name(), "the matrix must be square", where, a.shape().size(1), a.shape().size(2));
    Rules.equal(name(), "rows must agree", where, a.shape().size(2), b.shape().size(1));
    Rules.equal(name(), "batches must agree", where, a.shape().size(0), b.shape().size(0));
    return b;
  }

  @Override
  public Tensor forward(List<Tensor> inputs, TensorSpec result) {
    Tensor a = inputs.get(0);
    Tensor out = a.engine().empty(result);
    try {
      a.engine().backend().solve(a.data(), inputs.get(1).data(), out.data());
    } catch (SingularMatrixException e) {
      String where =
          "solve: matrix %d of %s (B,n,n), right side %s (B,n,m),"
              .formatted(e.matrix(), a.shape(), inputs.get(1).shape());
      throw new SingularMatrixException(where, e.matrix(), e.column());
    }
    return out;
  }

  @Override
  public boolean reads(int input, int operand) {
    return operand == 0 || (input == 0 && operand == RESULT);
  }

  /** With {@code V = A^-1 B}: {@code dB = A^-T dV} and {@code dA = -dB V^T}. */
  @Override
  public Tensor vjp(int input, List<Tensor> inputs, Tensor output, Tensor gradient) {
    Tensor right = inputs.get(0).transpose(1, 2).solve(gradient);
    return input == 1 ? right : right.matmul(output.transpose(1, 2)).multiply(-1);
  }
}
