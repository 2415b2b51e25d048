// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.basnet;

import dev.kairos.methods.backbone.BasnetModel;
import dev.kairos.methods.data.SnippetSampling;
import dev.kairos.methods.localization.SampledLocalizer;
import dev.kairos.methods.proposal.CasNormalisation;
import dev.kairos.methods.proposal.ProposalGenerator;
import dev.kairos.methods.tal.Cas;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.nn.EvaluationPass;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** From features to detections: uniform sampling, one branch, min-max over time, proposals. */
final class BasnetInference extends SampledLocalizer {
  private final BasnetConfig config;
  private final BasnetModel network;

  BasnetInference(BasnetConfig config, BasnetModel network, Engine engine, List<String> classes) {
    super(engine, new ProposalGenerator(config.proposals()), classes);
    this.config = config;
    this.network = network;
  }

  @Override
  protected int[] snippets(int length) {
    return SnippetSampling.uniform(config.segments(), length);
  }

  @Override
  protected Prediction predict(Tensor x) {
    BasnetModel.Output<Tensor> output = network.forward(new EvaluationPass(), x);
    Tensor raw =
        config.branch().equals("base") ? output.casBase() : output.casSuppression(); // [1,S,K]
    double[] scores =
        Arrays.copyOf(BasnetModel.videoScore(raw, config.topK()).toDoubles(), classes());
    int samples = x.shape().size(1);
    Cas cas = CasNormalisation.minMax(Cas.of(raw.toDoubles(), samples, classes() + 1));
    return Prediction.of(scores, cas);
  }
}
