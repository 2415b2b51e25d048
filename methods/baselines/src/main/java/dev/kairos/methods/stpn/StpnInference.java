// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.stpn;

import dev.kairos.methods.data.SnippetSampling;
import dev.kairos.methods.host.HostInference;
import dev.kairos.methods.host.StreamColumns;
import dev.kairos.methods.proposal.Suppression;
import dev.kairos.methods.tal.Cas;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.methods.tal.Proposal;
import dev.kairos.methods.tal.SnippetGrid;
import dev.kairos.nn.Pass;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** From features to detections: uniform sampling, weighed activations, proposals. */
final class StpnInference extends HostInference {
  private final StpnConfig config;
  private final Map<StreamColumns, StpnNetwork> networks;
  private final StpnProposals proposals;
  private final List<String> classes;

  StpnInference(
      StpnConfig config,
      Map<StreamColumns, StpnNetwork> networks,
      Engine engine,
      List<String> classes) {
    super(engine);
    this.config = config;
    this.networks = networks;
    this.proposals =
        new StpnProposals(config, networks.keySet().stream().map(StreamColumns::name).toList());
    this.classes = List.copyOf(classes);
  }

  @Override
  public int[] snippets(int length) {
    return SnippetSampling.uniform(config.segments(), length);
  }

  @Override
  protected Prediction predict(Pass<Tensor> pass, Tensor x) {
    int samples = x.shape().size(1);
    int count = classes.size();
    List<StpnProposals.Scored> scored = new ArrayList<>();
    networks.forEach(
        (stream, network) -> {
          StpnNetwork.Output<Tensor> output = network.forward(pass, stream.of(x));
          scored.add(
              new StpnProposals.Scored(
                  Cas.of(output.attention().toDoubles(), samples, 1),
                  Cas.of(output.activations().toDoubles(), samples, count),
                  Cas.of(output.scores().toDoubles(), 1, count)));
        });
    return proposals.prediction(scored);
  }

  @Override
  public List<Detection> detections(Prediction prediction, SnippetGrid grid) {
    return switch (config.proposals()) {
      case SINGLE -> proposals.detections(prediction, grid, classes);
      case SEVERAL -> config.several().detections(prediction, grid, classes);
    };
  }

  @Override
  public List<Proposal> instances(Prediction prediction, Suppression fusion) {
    return config.several().instances(prediction, classes.size(), fusion);
  }
}
