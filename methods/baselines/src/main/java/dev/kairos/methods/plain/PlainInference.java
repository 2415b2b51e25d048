// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.plain;

import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.localization.Localizer;
import dev.kairos.methods.proposal.ProposalGenerator;
import dev.kairos.methods.tal.Cas;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.methods.tal.SnippetGrid;
import dev.kairos.nn.EvaluationPass;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From features to detections: class probabilities at each snippet, refined in time with half-pixel
 * centres so that boundaries fall between snippets without a shift, and proposals.
 */
final class PlainInference implements Localizer {
  /** The probabilities at finer steps, from which proposals are cut. */
  private static final String REFINED = "refined";

  private final PlainConfig config;
  private final PlainModel network;
  private final Engine engine;
  private final List<String> classes;

  PlainInference(PlainConfig config, PlainModel network, Engine engine, List<String> classes) {
    this.config = config;
    this.network = network;
    this.engine = engine;
    this.classes = classes;
  }

  @Override
  public Prediction predict(FeatureSequence features) {
    int[] snippets = SampledRecording.uniform(config.segments(), features.length()).snippets();
    FeatureSequence sampled = features.select(snippets);
    int samples = snippets.length;
    try (Scope scope = engine.scope()) {
      Tensor x = engine.tensor(sampled.values(), 1, samples, features.width());
      Tensor logits = network.forward(new EvaluationPass(), x); // [1,S,C]
      Tensor probabilities = logits.sigmoid(); // [1,S,C]
      double[] scores = logits.topKMean(config.topK(samples), 1).sigmoid().toDoubles(); // [C]
      int fine = samples * config.refinement();
      Tensor refined = probabilities.resample(1, fine); // [1,S*refinement,C]
      Map<String, Cas> curves = new LinkedHashMap<>();
      curves.put(Prediction.CAS, Cas.of(probabilities.toDoubles(), samples, classes.size()));
      curves.put(REFINED, Cas.of(refined.toDoubles(), fine, classes.size()));
      return new Prediction(scores, curves, List.of());
    }
  }

  @Override
  public List<Detection> detections(Prediction prediction, SnippetGrid grid) {
    return new ProposalGenerator(config.proposals(), List.of(REFINED))
        .detections(prediction, grid, classes);
  }
}
