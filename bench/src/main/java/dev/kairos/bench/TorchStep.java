// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import ai.djl.ndarray.NDArray;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import java.util.ArrayList;
import java.util.List;

/** Libtorch: the training step of {@link KairosStep}. */
final class TorchStep implements Contender {
  private final Libtorch torch;
  private final Inputs inputs;
  private final NDArray dropout;
  private final NDArray none;
  private final NDArray top;
  private final List<NDArray> weights;
  private final List<NDArray> m;
  private final List<NDArray> v;
  private final List<NDArray> steps;

  /**
   * What a step begins with.
   *
   * @param features the argument {@code x}
   * @param withBackground labels with an entry for the background, {@code [N,C+1]}; anything where
   *     a program finds its labels in {@code x}
   * @param withoutBackground the same where that entry is 0
   * @param dropout probability with which a value is dropped
   * @param top how many largest scores count
   */
  record Inputs(
      List<NDArray> features,
      NDArray withBackground,
      NDArray withoutBackground,
      double dropout,
      int top) {}

  /**
   * A training.
   *
   * @param torch with a program that has the methods {@code step} and {@code loss}
   * @param weights to begin with, their gradients wanted
   */
  TorchStep(Libtorch torch, Inputs inputs, List<NDArray> weights) {
    this.torch = torch;
    this.inputs = inputs;
    dropout = torch.full((float) inputs.dropout());
    none = torch.zeros();
    top = torch.full(inputs.top());
    this.weights = weights;
    m = weights.stream().map(torch::zerosLike).toList();
    v = weights.stream().map(torch::zerosLike).toList();
    steps = weights.stream().map(weight -> torch.zeros()).toList();
  }

  /**
   * The training of one BaS-Net or several.
   *
   * @param unfold whether convolutions are products with an unfolded input
   * @param loss the method {@code loss}
   * @param parameters the weights to begin with
   * @param networks how many BaS-Nets, whose features are those of seeds 1, 2 and so on
   */
  static TorchStep basnet(
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
    Libtorch torch = Libtorch.open(TorchScript.program(parts) + loss, threads);
    List<NDArray> features = new ArrayList<>();
    for (int seed = 1; seed <= networks; seed++) {
      NDArray x =
          torch.tensor(given.features(seed), given.recordings(), given.snippets(), given.width());
      features.add(unfold ? x : torch.permuted(x, 0, 2, 1));
    }
    int channels = BasnetCase.CLASSES + 1;
    Inputs inputs =
        new Inputs(
            features,
            torch.tensor(given.target(1), given.recordings(), channels),
            torch.tensor(given.target(0), given.recordings(), channels),
            BasnetCase.DROPOUT,
            given.top());
    List<Parameter> all = parameters.all();
    return new TorchStep(
        torch, inputs, all.stream().map(unfold ? torch::productWeight : torch::weight).toList());
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
            "step",
            inputs.features(),
            inputs.withBackground(),
            inputs.withoutBackground(),
            p,
            top,
            weights,
            m,
            v,
            steps))[0];
  }

  @Override
  public void close() {
    torch.close();
  }
}
