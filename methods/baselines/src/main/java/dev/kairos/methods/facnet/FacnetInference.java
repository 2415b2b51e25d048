// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.facnet;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * From features to detections: every snippet of a recording, a network for each stream. The scores
 * of the recording and the CAS that are reported are the means over the streams.
 */
final class FacnetInference extends HostInference {
  private final Map<StreamColumns, FacnetNetwork> networks;
  private final FacnetProposals proposals;
  private final List<String> classes;

  FacnetInference(
      FacnetConfig config,
      Map<StreamColumns, FacnetNetwork> networks,
      Engine engine,
      List<String> classes) {
    super(engine);
    this.networks = networks;
    this.proposals =
        new FacnetProposals(config, networks.keySet().stream().map(StreamColumns::name).toList());
    this.classes = List.copyOf(classes);
  }

  @Override
  public int[] snippets(int length) {
    return IntStream.range(0, length).toArray();
  }

  @Override
  protected Prediction predict(Pass<Tensor> pass, Tensor x) {
    int channels = classes.size() + 1;
    int length = x.shape().size(1);
    Map<String, Cas> curves = new LinkedHashMap<>();
    double[] meanCas = new double[length * channels];
    double[] meanScores = new double[channels];
    networks.forEach(
        (stream, network) -> {
          FacnetNetwork.Output<Tensor> output = network.forward(pass, stream.of(x.select(0, 0)));
          double[] cas = output.logits().softmax().toDoubles();
          double[] scores = output.agnostic().softmax().toDoubles();
          addShare(meanCas, cas);
          addShare(meanScores, scores);
          curves.put(
              StreamColumns.curve(Prediction.CAS, stream.name()), Cas.of(cas, length, channels));
          curves.put(
              StreamColumns.curve(FacnetProposals.SCORES, stream.name()),
              Cas.of(scores, 1, channels));
        });
    curves.put(Prediction.CAS, Cas.of(meanCas, length, channels));
    return new Prediction(meanScores, curves, List.of());
  }

  private void addShare(double[] sum, double[] values) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += values[i] / networks.size();
    }
  }

  @Override
  public List<Detection> detections(Prediction prediction, SnippetGrid grid) {
    return proposals.detections(prediction, grid, classes);
  }

  @Override
  public List<Proposal> instances(Prediction prediction, Suppression fusion) {
    return proposals.instances(prediction, classes.size() + 1, fusion);
  }
}
