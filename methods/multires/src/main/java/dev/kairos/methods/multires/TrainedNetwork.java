// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.optim.Adam;
import dev.kairos.tensor.Tensor;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A refinement network with its weights and the one optimiser that serves all its stages. */
final class TrainedNetwork {
  private final Function<Parameters, SnippetClassifier> architecture;
  private final Parameters parameters;
  private final SnippetClassifier network;
  private final double weightDecay;
  private @Nullable Adam adam;

  /**
   * A network with fresh weights.
   *
   * @param parameters the part of the tree it owns
   * @param architecture makes the network
   */
  TrainedNetwork(
      Parameters parameters,
      Function<Parameters, SnippetClassifier> architecture,
      double weightDecay) {
    this.architecture = architecture;
    this.parameters = parameters;
    this.network = architecture.apply(parameters);
    this.weightDecay = weightDecay;
  }

  Parameters parameters() {
    return parameters;
  }

  SnippetClassifier network() {
    return network;
  }

  /** Its optimiser, made when it is first asked for: localisation needs none. */
  Adam adam() {
    Adam known = adam;
    if (known == null) {
      known = new Adam(parameters, Adam.Options.defaults().withWeightDecay(weightDecay));
      adam = known;
    }
    return known;
  }

  /**
   * Begins a stage: the optimiser forgets, and if asked for, so do the weights.
   *
   * @param key draws the new weights
   */
  void begin(boolean freshWeights, RandomKey key) {
    adam().state().values().forEach(moment -> moment.fill(0));
    adam().resume(0);
    if (freshWeights) {
      Parameters fresh = new Parameters(parameters.engine(), key);
      SnippetClassifier unused = architecture.apply(fresh);
      List<Parameter> own = parameters.below();
      for (int i = 0; i < own.size(); i++) {
        Tensor value = own.get(i).value();
        value.assign(fresh.all().get(i).value());
      }
    }
  }
}
