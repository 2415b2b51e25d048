// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import dev.kairos.autograd.Variable;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.TrainingPass;
import dev.kairos.tensor.Engine;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the questions about training share: a step of one BaS-Net or of several, by us and by
 * libtorch, from the same weights.
 *
 * @param <M> our model
 */
@Warmup(iterations = 8, time = 1)
public abstract class BasnetDuel<M> extends Duel {
  /** The contender. */
  @Param({Peers.KAIROS, Peers.LIBTORCH, Peers.LIBTORCH_UNFOLD})
  public String peer = "";

  /** Our model, whose weights are all there are. */
  abstract M model(Parameters parameters, BasnetCase sizes);

  /** Our forward pass, to the loss. */
  abstract Function<TrainingPass, Variable> loss(Engine engine, M model, BasnetCase sizes);

  /** The method {@code loss} of libtorch. */
  abstract String torchLoss(BasnetCase sizes);

  /** How many BaS-Nets the model has. */
  abstract int networks();

  @Override
  String peer() {
    return peer;
  }

  @Override
  String smallSize() {
    return "2x19x12";
  }

  @Override
  double tolerance() {
    return 2e-6;
  }

  @Override
  Contender open(String name, String given) {
    Peers.require(name, Peers.LIBTORCH, Peers.LIBTORCH_UNFOLD);
    BasnetCase sizes = BasnetCase.parse(given);
    boolean ours = Peers.isOurs(name);
    Engine engine = Peers.engine(ours ? name : Peers.SCALAR, threads);
    Parameters parameters = KairosStep.parameters(engine);
    M model = model(parameters, sizes);
    if (ours) {
      return new KairosStep(parameters, loss(engine, model, sizes));
    }
    try (engine) {
      boolean unfold = name.equals(Peers.LIBTORCH_UNFOLD);
      return TorchStep.basnet(unfold, torchLoss(sizes), parameters, sizes, networks(), threads);
    }
  }
}
