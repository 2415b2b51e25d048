// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.plain;

import dev.kairos.methods.localization.SampledLocalizer;
import dev.kairos.methods.proposal.ProposalGenerator;
import dev.kairos.methods.tal.Cas;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.nn.EvaluationPass;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From features to detections: class probabilities at each snippet, refined in time with half-pixel
 * centres so that boundaries fall between snippets without a shift, and proposals.
 */
final class PlainInference extends SampledLocalizer {
  /** The probabilities at finer steps, from which proposals are cut. */
  private static final String REFINED = "refined";

  private final PlainConfig config;
  private final PlainModel network;

  PlainInference(PlainConfig config, PlainModel network, Engine engine, List<String> classes) {
    super(engine, new ProposalGenerator(config.proposals(), List.of(REFINED)), classes);
    this.config = config;
    this.network = network;
  }

  @Override
  protected int[] snippets(int length) {
    return SampledRecording.uniform(config.segments(), length).snippets();
  }

  @Override
  protected Prediction predict(Tensor x) {
    int samples = x.shape().size(1);
    Tensor logits = network.forward(new EvaluationPass(), x); // [1,S,C]
    Tensor probabilities = logits.sigmoid(); // [1,S,C]
    double[] scores = logits.topKMean(config.topK(samples), 1).sigmoid().toDoubles(); // [C]
    int fine = samples * config.refinement();
    Tensor refined = probabilities.resample(1, fine); // [1,S*refinement,C]
    Map<String, Cas> curves = new LinkedHashMap<>();
    curves.put(Prediction.CAS, Cas.of(probabilities.toDoubles(), samples, classes()));
    curves.put(REFINED, Cas.of(refined.toDoubles(), fine, classes()));
    return new Prediction(scores, curves, List.of());
  }
}
