// SPDX-License-Identifier: Apache-2.0
package examples;

import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.tensor.CustomOp;
import dev.kairos.tensor.Engine;
import java.util.Arrays;

/** An operation with a gradient of its own: rounds, and lets the gradient through unchanged. */
public class OwnOperation {
  private static final CustomOp ROUND =
      CustomOp.unary(
          "round",
          x -> {
            double[] values = x.toDoubles();
            Arrays.setAll(values, i -> Math.rint(values[i]));
            return x.engine().tensor(values, x.shape().sizes());
          },
          (x, y, gradient) -> gradient);

  public static void main(String[] arguments) {
    try (Engine engine = Engine.open("cpu", 1);
        Tape tape = new Tape(engine)) {
      Variable x = tape.leaf(engine.tensor(new double[] {0.4, 1.6, 2.5}, 3));
      Variable loss = ROUND.on(x).square().sum();
      System.out.println("round " + Arrays.toString(ROUND.on(x).value().toDoubles()));
      System.out.println("slope " + Arrays.toString(tape.backward(loss).of(x).toDoubles()));
    }
  }
}
