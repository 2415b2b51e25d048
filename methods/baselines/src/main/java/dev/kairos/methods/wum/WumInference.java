// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.wum;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * From features to detections: all snippets of a short recording or uniformly sampled ones, class
 * scores times the length of the feature, and proposals from both.
 */
final class WumInference extends HostInference {
  private final WumConfig config;
  private final WumNetwork network;
  private final ProposalGenerator proposals;
  private final List<String> classes;

  WumInference(WumConfig config, WumNetwork network, Engine engine, List<String> classes) {
    super(engine);
    this.config = config;
    this.network = network;
    this.proposals = config.generator();
    this.classes = List.copyOf(classes);
  }

  @Override
  public int[] snippets(int length) {
    return length <= config.segments()
        ? IntStream.range(0, length).toArray()
        : SnippetSampling.uniform(config.segments(), length);
  }

  @Override
  protected Prediction predict(Pass<Tensor> pass, Tensor x) {
    WumNetwork.Output<Tensor> output = network.forward(pass, x);
    int samples = x.shape().size(1);
    double[] magnitudes = output.magnitudes().toDoubles();
    double low = meanLength(output.background());
    double range = meanLength(output.action()) - low;
    for (int t = 0; t < samples; t++) {
      double relative = (magnitudes[t] - low) / (range > 0 ? range : 1);
      magnitudes[t] = Math.max(0, Math.min(1, relative));
    }
    double[] scores = output.cas().softmax().toDoubles(); // [S,C]
    for (int i = 0; i < scores.length; i++) {
      scores[i] *= magnitudes[i / classes.size()];
    }
    Map<String, Cas> curves = new LinkedHashMap<>();
    curves.put(
        Prediction.CAS, CasNormalisation.minMaxClamped(Cas.of(scores, samples, classes.size())));
    curves.put(WumConfig.MAGNITUDE, Cas.of(magnitudes, samples, 1));
    return new Prediction(output.actionScore().toDoubles(), curves, List.of());
  }

  /** The mean of the lengths of features {@code [1,k,H]}. */
  private static double meanLength(Tensor features) {
    return features.square().sum(false, -1).sqrt().mean().item();
  }

  @Override
  public List<Detection> detections(Prediction prediction, SnippetGrid grid) {
    return proposals.detections(prediction, grid, classes);
  }

  @Override
  public List<Proposal> instances(Prediction prediction, Suppression fusion) {
    return proposals.instances(prediction, classes.size(), fusion);
  }
}
