// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.host;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.localization.Localizer;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.nn.EvaluationPass;
import dev.kairos.nn.Pass;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Localises and finds instances by a host's networks, which look at some of a recording's snippets
 * or at all: samples them and predicts in a scope of the engine.
 */
public abstract class HostInference implements Localizer, InstanceSource {
  private final Engine engine;

  /**
   * On an engine.
   *
   * @param engine whose memory holds the weights
   */
  protected HostInference(Engine engine) {
    this.engine = engine;
  }

  /**
   * What the networks say. Tensors made here are given back when it returns.
   *
   * @param x features of the sampled snippets, {@code [1,S,D]}
   */
  protected abstract Prediction predict(Pass<Tensor> pass, Tensor x);

  @Override
  public final Prediction predict(FeatureSequence features) {
    return predict(features, null);
  }

  @Override
  public final Prediction predict(FeatureSequence features, @Nullable RandomKey dropout) {
    int[] snippets = snippets(features.length());
    FeatureSequence sampled = features.select(snippets);
    try (Scope scope = engine.scope()) {
      return predict(
          dropout == null ? new EvaluationPass() : new EvaluationPass(dropout),
          engine.tensor(sampled.values(), 1, snippets.length, features.width()));
    }
  }
}
