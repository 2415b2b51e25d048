// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.localization;

import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.proposal.ProposalGenerator;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.methods.tal.SnippetGrid;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.Tensor;
import java.util.List;

/**
 * Localises by networks that look at some of a recording's snippets: samples them, predicts in a
 * scope of the engine, and makes proposals of the curves.
 */
public abstract class SampledLocalizer implements Localizer {
  private final Engine engine;
  private final ProposalGenerator proposals;
  private final List<String> classes;

  /**
   * A localizer on an engine.
   *
   * @param engine whose memory holds the weights
   * @param proposals from curves to detections
   * @param classes their names, C in all
   */
  protected SampledLocalizer(Engine engine, ProposalGenerator proposals, List<String> classes) {
    this.engine = engine;
    this.proposals = proposals;
    this.classes = List.copyOf(classes);
  }

  /** The snippets to look at in a recording of {@code length} snippets, S in all, ascending. */
  protected abstract int[] snippets(int length);

  /**
   * What the networks say. Tensors made here are given back when it returns.
   *
   * @param x features of the sampled snippets, {@code [1,S,D]}
   */
  protected abstract Prediction predict(Tensor x);

  /** C, the number of classes. */
  protected final int classes() {
    return classes.size();
  }

  @Override
  public final Prediction predict(FeatureSequence features) {
    int[] snippets = snippets(features.length());
    FeatureSequence sampled = features.select(snippets);
    try (Scope scope = engine.scope()) {
      return predict(engine.tensor(sampled.values(), 1, snippets.length, features.width()));
    }
  }

  @Override
  public final List<Detection> detections(Prediction prediction, SnippetGrid grid) {
    return proposals.detections(prediction, grid, classes);
  }
}
