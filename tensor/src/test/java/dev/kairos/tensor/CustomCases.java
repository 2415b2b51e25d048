// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import static dev.kairos.tensor.OpCases.in;
import static dev.kairos.tensor.OpCases.indices;

import java.util.List;

/** Operations as a program declares them: composed, from arrays, with a rule of their own. */
final class CustomCases {
  private CustomCases() {}

  /** {@code x sigmoid(x)}. */
  record Silu() implements CustomOp.Definition {
    @Override
    public String name() {
      return "silu";
    }

    @Override
    public int operands() {
      return 1;
    }

    @Override
    public Tensor forward(List<Tensor> operands) {
      Tensor x = operands.get(0);
      return x.multiply(x.sigmoid());
    }

    @Override
    public Tensor gradient(int operand, List<Tensor> operands, Tensor result, Tensor gradient) {
      Tensor s = operands.get(0).sigmoid();
      return gradient.multiply(s.add(result).subtract(result.multiply(s)));
    }
  }

  /** Squared distances {@code [N,D], [M,D]} to {@code [N,M]}, computed on arrays. */
  record Distances() implements CustomOp.Definition {
    @Override
    public String name() {
      return "distances";
    }

    @Override
    public int operands() {
      return 2;
    }

    @Override
    public TensorSpec spec(List<TensorSpec> operands) {
      Shape x = operands.get(0).shape();
      Shape y = operands.get(1).shape();
      if (x.rank() != 2 || y.rank() != 2 || x.size(1) != y.size(1)) {
        throw new ShapeException("rows must be as long: " + x + " (N,D), " + y + " (M,D)");
      }
      return new TensorSpec(Shape.of(x.size(0), y.size(0)), operands.get(0).dtype());
    }

    @Override
    public Tensor forward(List<Tensor> operands) {
      int n = operands.get(0).shape().size(0);
      int m = operands.get(1).shape().size(0);
      int d = operands.get(0).shape().size(1);
      double[] x = operands.get(0).toDoubles();
      double[] y = operands.get(1).toDoubles();
      double[] sums = new double[n * m];
      for (int i = 0; i < n * m; i++) {
        for (int k = 0; k < d; k++) {
          double step = x[i / m * d + k] - y[i % m * d + k];
          sums[i] += step * step;
        }
      }
      return operands.get(0).engine().tensor(sums, n, m);
    }

    @Override
    public Tensor gradient(int operand, List<Tensor> operands, Tensor result, Tensor gradient) {
      Tensor own = operands.get(operand);
      Tensor other = operands.get(1 - operand);
      Tensor rows = operand == 0 ? gradient : gradient.transpose(0, 1);
      return own.multiply(rows.sum(true, 1)).subtract(rows.matmul(other)).multiply(2);
    }
  }

  static void addTo(OpCases cases) {
    Op silu = new CustomOp(new Silu());
    cases.add(silu, in(Values.ANY, 2, 3));
    cases.add(silu, in(Values.ANY));
    cases.add(silu, in(Values.ANY, 0, 3));
    cases.add(silu, in(Arrangement.REVERSED, Values.ANY, 2, 3));
    cases.add(silu, in(Arrangement.REPEATED, Values.ANY, 2, 3));
    Op distances = new CustomOp(new Distances());
    cases.add(distances, in(Values.ANY, 2, 3), in(Values.ANY, 4, 3));
    cases.add(distances, in(Arrangement.NARROWED, Values.ANY, 2, 3), in(Values.ANY, 1, 3));
    cases.add(distances, in(Values.ANY, 0, 3), in(Values.ANY, 4, 3));
    cases.rejectShapes(distances, List.of(Shape.of(2, 3), Shape.of(4, 5)), "(N,D)");
    cases.rejectShapes(silu, List.of(Shape.of(2, 3), Shape.of(4, 5)), "takes 1 operands");
    cases.reject(distances, List.of(indices(3)), ShapeException.class, "takes 2 operands");
  }
}
