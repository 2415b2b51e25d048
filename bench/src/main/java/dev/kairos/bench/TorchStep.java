// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import ai.djl.ndarray.NDArray;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import java.util.ArrayList;
import java.util.List;

/** Libtorch: the training step of {@link KairosStep} for one BaS-Net or several. */
final class TorchStep implements Contender {
  private final Libtorch torch;
  private final List<NDArray> features = new ArrayList<>();
  private final NDArray withBackground;
  private final NDArray withoutBackground;
  private final NDArray dropout;
  private final NDArray none;
  private final NDArray top;
  private final List<NDArray> weights;
  private final List<NDArray> m;
  private final List<NDArray> v;
  private final List<NDArray> steps;

  /**
   * A training.
   *
   * @param unfold whether convolutions are products with an unfolded input
   * @param loss the method {@code loss}
   * @param parameters the weights to begin with
   * @param networks how many BaS-Nets, whose features are those of seeds 1, 2 and so on
   */
  TorchStep(
      boolean unfold,
      String loss,
      Parameters parameters,
      BasnetCase given,
      int networks,
      int threads) {
    String[] parts =
        unfold
            ? new String[] {"unfold", "basnet-unfold", "branches", "adam", "step"}
            : new String[] {"basnet", "branches", "adam", "step"};
    torch = Libtorch.open(TorchScript.program(parts) + loss, threads);
    for (int seed = 1; seed <= networks; seed++) {
      NDArray x =
          torch.tensor(given.features(seed), given.recordings(), given.snippets(), given.width());
      features.add(unfold ? x : torch.permuted(x, 0, 2, 1));
    }
    int channels = BasnetCase.CLASSES + 1;
    withBackground = torch.tensor(given.target(1), given.recordings(), channels);
    withoutBackground = torch.tensor(given.target(0), given.recordings(), channels);
    dropout = torch.full((float) BasnetCase.DROPOUT);
    none = torch.zeros();
    top = torch.full(given.top());
    List<Parameter> all = parameters.all();
    weights = all.stream().map(unfold ? torch::productWeight : torch::weight).toList();
    m = weights.stream().map(torch::zerosLike).toList();
    v = weights.stream().map(torch::zerosLike).toList();
    steps = weights.stream().map(weight -> torch.zeros()).toList();
  }

  @Override
  public void run() {
    step(dropout);
  }

  @Override
  public double[] answer() {
    double[] losses = new double[KairosStep.ANSWERS];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = step(none);
    }
    return losses;
  }

  private double step(NDArray p) {
    return Libtorch.values(
        torch.call(
            "step", features, withBackground, withoutBackground, p, top, weights, m, v, steps))[0];
  }

  @Override
  public void close() {
    torch.close();
  }
}
