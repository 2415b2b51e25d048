// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.basnet;

import dev.kairos.methods.backbone.BasnetModel;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.SnippetSampling;
import dev.kairos.methods.localization.Localizer;
import dev.kairos.methods.proposal.CasNormalisation;
import dev.kairos.methods.proposal.ProposalGenerator;
import dev.kairos.methods.tal.Cas;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.methods.tal.SnippetGrid;
import dev.kairos.nn.EvaluationPass;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** From features to detections: uniform sampling, one branch, min-max over time, proposals. */
final class BasnetInference implements Localizer {
  private final BasnetConfig config;
  private final BasnetModel network;
  private final Engine engine;
  private final List<String> classes;

  BasnetInference(BasnetConfig config, BasnetModel network, Engine engine, List<String> classes) {
    this.config = config;
    this.network = network;
    this.engine = engine;
    this.classes = classes;
  }

  @Override
  public Prediction predict(FeatureSequence features) {
    int samples = config.segments();
    FeatureSequence sampled = features.select(SnippetSampling.uniform(samples, features.length()));
    try (Scope scope = engine.scope()) {
      Tensor x = engine.tensor(sampled.values(), 1, samples, features.width());
      BasnetModel.Output<Tensor> output = network.forward(new EvaluationPass(), x);
      Tensor raw =
          config.branch().equals("base") ? output.casBase() : output.casSuppression(); // [1,S,K]
      double[] scores =
          Arrays.copyOf(BasnetModel.videoScore(raw, config.topK()).toDoubles(), classes.size());
      Cas cas = CasNormalisation.minMax(Cas.of(raw.toDoubles(), samples, classes.size() + 1));
      return Prediction.of(scores, cas);
    }
  }

  @Override
  public List<Detection> detections(Prediction prediction, SnippetGrid grid) {
    return new ProposalGenerator(config.proposals()).detections(prediction, grid, classes);
  }
}
