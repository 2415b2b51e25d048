// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.basnet;

import dev.kairos.methods.backbone.BasnetModel;
import dev.kairos.methods.data.SnippetSampling;
import dev.kairos.methods.host.HostInference;
import dev.kairos.methods.proposal.CasNormalisation;
import dev.kairos.methods.proposal.ProposalGenerator;
import dev.kairos.methods.proposal.Suppression;
import dev.kairos.methods.tal.Cas;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.methods.tal.Proposal;
import dev.kairos.methods.tal.SnippetGrid;
import dev.kairos.nn.Pass;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** From features to detections: uniform sampling, one branch, min-max over time, proposals. */
final class BasnetInference extends HostInference {
  private final BasnetConfig config;
  private final BasnetModel network;
  private final ProposalGenerator proposals;
  private final List<String> classes;

  BasnetInference(BasnetConfig config, BasnetModel network, Engine engine, List<String> classes) {
    super(engine);
    this.config = config;
    this.network = network;
    this.proposals = new ProposalGenerator(config.proposals());
    this.classes = List.copyOf(classes);
  }

  @Override
  public int[] snippets(int length) {
    return SnippetSampling.uniform(config.segments(), length);
  }

  @Override
  protected Prediction predict(Pass<Tensor> pass, Tensor x) {
    BasnetModel.Output<Tensor> output = network.forward(pass, x);
    Tensor raw =
        config.branch().equals("base") ? output.casBase() : output.casSuppression(); // [1,S,K]
    double[] scores =
        Arrays.copyOf(BasnetModel.videoScore(raw, config.topK()).toDoubles(), classes.size());
    int samples = x.shape().size(1);
    Cas cas = CasNormalisation.minMax(Cas.of(raw.toDoubles(), samples, classes.size() + 1));
    return Prediction.of(scores, cas);
  }

  @Override
  public List<Detection> detections(Prediction prediction, SnippetGrid grid) {
    return proposals.detections(prediction, grid, classes);
  }

  /** Of actions alone: the branch that suppresses background does not find it. */
  @Override
  public List<Proposal> instances(Prediction prediction, Suppression fusion) {
    return proposals.instances(prediction, classes.size(), fusion);
  }
}
