// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.rskp;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.host.InstanceSource;
import dev.kairos.methods.localization.Localizer;
import dev.kairos.methods.proposal.ClassSelection;
import dev.kairos.methods.proposal.Suppression;
import dev.kairos.methods.tal.Cas;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.methods.tal.Proposal;
import dev.kairos.methods.tal.Segment;
import dev.kairos.methods.tal.SnippetGrid;
import dev.kairos.nn.EvaluationPass;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * From features to detections, on all snippets of a recording: original and propagated scores mixed
 * and weighted by attention, candidates, suppression or fusion. A detection ends where the
 * recording does at the latest.
 */
final class RskpInference implements Localizer, InstanceSource {
  private final RskpConfig.Inference config;
  private final RskpNetwork network;
  private final Engine engine;
  private final List<String> classes;

  RskpInference(
      RskpConfig.Inference config, RskpNetwork network, Engine engine, List<String> classes) {
    this.config = config;
    this.network = network;
    this.engine = engine;
    this.classes = List.copyOf(classes);
  }

  @Override
  public Prediction predict(FeatureSequence features) {
    return predict(features, config.snippetShare(), new EvaluationPass());
  }

  @Override
  public int[] snippets(int length) {
    return IntStream.range(0, length).toArray();
  }

  @Override
  public Prediction predict(FeatureSequence features, @Nullable RandomKey dropout) {
    return predict(
        features,
        config.labelSnippetShare(),
        dropout == null ? new EvaluationPass() : new EvaluationPass(dropout));
  }

  private Prediction predict(FeatureSequence features, double share, EvaluationPass pass) {
    int length = features.length();
    try (Scope scope = engine.scope()) {
      Tensor x = engine.tensor(features.values(), length, features.width());
      RskpNetwork.Output<Tensor> out = network.forward(pass, x);
      Tensor scores =
          mixed(out.original().agnostic(), out.propagated().agnostic(), config.recordingShare());
      Tensor cas = mixed(out.original().logits(), out.propagated().logits(), share); // [T,C1]
      if (config.attention()) {
        cas = cas.multiply(out.original().attention());
      }
      return Prediction.of(scores.toDoubles(), Cas.of(cas.toDoubles(), length, classes.size() + 1));
    }
  }

  private static Tensor mixed(Tensor original, Tensor propagated, double share) {
    return original.softmax().multiply(share).add(propagated.softmax().multiply(1 - share));
  }

  @Override
  public List<Proposal> instances(Prediction prediction, Suppression fusion) {
    return instances(prediction, classes.size() + 1, fusion);
  }

  private List<Proposal> instances(Prediction prediction, int channels, Suppression fusion) {
    Cas cas = prediction.curve(Prediction.CAS);
    List<Proposal> found = new ArrayList<>();
    for (int c :
        ClassSelection.select(
            prediction.videoScores(), channels, config.classThreshold(), config.bestIfNone())) {
      found.addAll(fusion.proposals(config.rule().candidates(cas.channel(c), c)));
    }
    return found;
  }

  @Override
  public List<Detection> detections(Prediction prediction, SnippetGrid grid) {
    Suppression suppression = config.suppression();
    List<Detection> detections = new ArrayList<>();
    for (Proposal p : instances(prediction, classes.size(), suppression)) {
      double end = Math.min(p.end(), grid.length());
      Segment segment = new Segment(grid.seconds(Math.min(p.start(), end)), grid.seconds(end));
      detections.add(new Detection(classes.get(p.label()), segment, p.score()));
    }
    return detections;
  }
}
