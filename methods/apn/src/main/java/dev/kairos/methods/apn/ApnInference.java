// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.localization.Localizer;
import dev.kairos.methods.tal.Cas;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Interval;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.methods.tal.Proposal;
import dev.kairos.methods.tal.SnippetGrid;
import dev.kairos.nn.EvaluationPass;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From features to detections: boundary probabilities, proposals, their classes and confidences,
 * suppression.
 *
 * <p>The prediction's proposals are those that are scored, on whole snippets of the network's own;
 * its curves are the boundary probabilities, and the class probabilities of snippets, or without
 * them the best score of a proposal that covers a snippet.
 */
final class ApnInference implements Localizer {
  /** The curve of boundary probabilities: start, end. */
  static final String BOUNDARIES = "boundaries";

  private static final double MARGIN = 0.25;
  private static final int AT_ONCE = 64; // proposals that are encoded together

  private final ApnConfig config;
  private final ApnNetwork network;
  private final Engine engine;
  private final List<String> classes;

  ApnInference(ApnConfig config, ApnNetwork network, Engine engine, List<String> classes) {
    this.config = config;
    this.network = network;
    this.engine = engine;
    this.classes = List.copyOf(classes);
  }

  @Override
  public Prediction predict(FeatureSequence features) {
    int own = features.length();
    int length = config.length() == 0 ? own : config.length();
    try (Scope scope = engine.scope()) {
      Tensor x = engine.tensor(features.values(), 1, own, features.width());
      return predict(length == own ? x : x.resample(1, length), own);
    }
  }

  private Prediction predict(Tensor features, int own) {
    EvaluationPass pass = new EvaluationPass();
    int length = features.shape().size(1);
    Tensor mask = new JoinedRecordings(new int[] {length}, 1).mask(engine);
    Tensor x = network.embed(pass, features, mask);
    double[] boundaries = network.boundaries(pass, x, mask).toDoubles(); // [T,2]
    double[] starts = new double[length];
    double[] ends = new double[length];
    for (int t = 0; t < length; t++) {
      starts[t] = boundaries[2 * t];
      ends[t] = boundaries[2 * t + 1];
    }
    ApnConfig.Candidates limits = config.candidates();
    BoundaryProposals all = BoundaryProposals.of(starts, ends, limits.shortest(), limits.longest());
    int[] best = all.best(config.inference().proposals());
    double[] scores = new double[best.length * classes.size()];
    double[] confidences = new double[scores.length];
    encode(pass, x.reshape(length, -1), all, best, scores, confidences);
    Tensor logits = network.snippets(pass, x);
    double[] snippets = logits == null ? new double[0] : logits.sigmoid().toDoubles(); // [T,M]
    List<Proposal> scored =
        config
            .inference()
            .scores()
            .of(best, all, starts, ends, scores, confidences, contrasts(snippets, all, best));
    return prediction(boundaries, snippets, length, scored, (double) own / length);
  }

  /**
   * By how much each class is more probable in a proposal than around it, within a quarter of its
   * length on either side; at least 0, {@code [P,M]}. 1 without a classifier of snippets.
   */
  private double[] contrasts(double[] snippets, BoundaryProposals all, int[] best) {
    int count = classes.size();
    double[] contrasts = new double[best.length * count];
    if (snippets.length == 0) {
      Arrays.fill(contrasts, 1);
      return contrasts;
    }
    int length = snippets.length / count;
    double[] sums = new double[snippets.length + count]; // before each snippet
    for (int i = 0; i < snippets.length; i++) {
      sums[i + count] = sums[i] + snippets[i];
    }
    for (int p = 0; p < best.length; p++) {
      int from = all.first(best[p]);
      int to = all.last(best[p]) + 1;
      int margin = Math.max(1, (int) Math.round((to - from) * MARGIN));
      int left = Math.max(0, from - margin);
      int right = Math.min(length, to + margin);
      int outside = from - left + (right - to);
      for (int c = 0; c < count; c++) {
        double inner = sums[to * count + c] - sums[from * count + c];
        double outer = sums[right * count + c] - sums[left * count + c] - inner;
        double around = outside == 0 ? 0 : outer / outside;
        contrasts[p * count + c] = Math.max(0, inner / (to - from) - around);
      }
    }
    return contrasts;
  }

  /** Fills the scores of classes and the confidences, {@code [P,M]} both. */
  private void encode(
      EvaluationPass pass,
      Tensor x,
      BoundaryProposals all,
      int[] best,
      double[] scores,
      double[] confidences) {
    int samples = config.network().encoder().samples();
    int length = x.shape().size(0);
    Tensor mapped = network.encoder().map(pass, x);
    for (int from = 0; from < best.length; from += AT_ONCE) {
      int count = Math.min(AT_ONCE, best.length - from);
      ProposalSamples places = new ProposalSamples(count, samples, config.losses().outside());
      for (int p = from; p < from + count; p++) {
        places.add(new Interval(all.first(best[p]), all.last(best[p]) + 1), 0, length);
      }
      try (Scope scope = engine.scope()) {
        ProposalEncoder.Output<Tensor> encoded =
            network.encoder().forward(pass, places.of(engine, mapped));
        Tensor classScores =
            config.losses().proposals().classLoss() == ProposalLosses.ClassLoss.SOFTMAX
                ? encoded.logits().softmax()
                : encoded.logits().sigmoid();
        copy(classScores, scores, from);
        copy(network.confidence().logits(pass, encoded).sigmoid(), confidences, from);
      }
    }
  }

  private void copy(Tensor part, double[] whole, int from) {
    double[] values = part.toDoubles();
    System.arraycopy(values, 0, whole, from * classes.size(), values.length);
  }

  private Prediction prediction(
      double[] boundaries, double[] snippets, int length, List<Proposal> scored, double stretch) {
    int count = classes.size();
    double[] video = new double[count];
    double[] cas = snippets.length == 0 ? new double[length * count] : snippets;
    for (Proposal p : scored) {
      video[p.label()] = Math.max(video[p.label()], p.score());
      for (int t = (int) p.start(); snippets.length == 0 && t < p.end(); t++) {
        cas[t * count + p.label()] = Math.max(cas[t * count + p.label()], p.score());
      }
    }
    Map<String, Cas> curves = new LinkedHashMap<>();
    curves.put(Prediction.CAS, Cas.of(cas, length, count));
    curves.put(BOUNDARIES, Cas.of(boundaries, length, BoundaryNetwork.CHANNELS));
    List<Proposal> inRecording =
        stretch == 1
            ? scored
            : scored.stream()
                .map(
                    p -> new Proposal(p.label(), p.start() * stretch, p.end() * stretch, p.score()))
                .toList();
    return new Prediction(video, curves, inRecording);
  }

  @Override
  public List<Detection> detections(Prediction prediction, SnippetGrid grid) {
    int length = config.length() == 0 ? grid.length() : config.length();
    double stretch = grid.length() / (double) length;
    List<Proposal> whole =
        prediction.proposals().stream()
            .map(
                p ->
                    new Proposal(
                        p.label(),
                        Math.rint(p.start() / stretch),
                        Math.rint(p.end() / stretch),
                        p.score()))
            .toList();
    return config.inference().rule().detections(whole, grid.spread(length), classes);
  }
}
