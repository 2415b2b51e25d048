// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** Libtorch of {@link ElementwiseBenchmark}: results go where the last one was. */
final class TorchElementwise implements Contender {
  private final Libtorch torch;
  private final String operation;
  private final Object[] arguments;

  private TorchElementwise(Libtorch torch, String operation, Object... arguments) {
    this.torch = torch;
    this.operation = operation;
    this.arguments = arguments;
  }

  static Contender open(String operation, int rows, int columns, int threads) {
    Libtorch torch = Libtorch.open(TorchScript.program("elementwise", "adam"), threads);
    NDArray x = torch.tensor(Values.uniform(1, rows * columns, -4, 4), rows, columns);
    NDArray out = torch.zeros(rows, columns);
    return switch (operation) {
      case "sigmoid", "softmax" -> new TorchElementwise(torch, operation, x, out);
      case "layerNorm" -> {
        NDArray weight = torch.full(1, columns);
        NDArray bias = torch.zeros(columns);
        NDArray mean = torch.zeros(rows, 1);
        NDArray deviation = torch.zeros(rows, 1);
        yield new TorchElementwise(torch, operation, x, weight, bias, out, mean, deviation);
      }
      case "adam" -> {
        NDArray weight = torch.full(0.5f, rows, columns);
        NDArray m = torch.zeros(rows, columns);
        NDArray v = torch.zeros(rows, columns);
        NDArray steps = torch.zeros();
        yield new TorchElementwise(
            torch, operation, List.of(weight), List.of(x), List.of(m), List.of(v), List.of(steps));
      }
      default -> throw new IllegalArgumentException("no operation " + operation);
    };
  }

  @Override
  public void run() {
    torch.call(operation, arguments).close();
  }

  @Override
  public double[] answer() {
    return Libtorch.values(torch.call(operation, arguments));
  }

  @Override
  public void close() {
    torch.close();
  }
}
