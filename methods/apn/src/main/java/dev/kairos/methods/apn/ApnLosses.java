// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import dev.kairos.autograd.Variable;
import dev.kairos.methods.apn.medoids.BoundaryRegions;
import dev.kairos.methods.apn.medoids.PseudoActions;
import dev.kairos.methods.apn.medoids.PseudoActions.BackgroundInstance;
import dev.kairos.methods.apn.medoids.PseudoActions.PseudoAction;
import dev.kairos.methods.pseudolabel.SnippetTargets;
import dev.kairos.methods.tal.Interval;
import dev.kairos.nn.EvaluationPass;
import dev.kairos.nn.TrainingPass;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The losses of a batch of recordings, all counted together: boundaries, proposals, and contrast.
 *
 * <p>Source: the paper, section 3.5; {@code L = L_BDM + lambda1 L_PEM + lambda2 L_CTR}, and where
 * there is a snippet classifier, which the paper has not, {@code lambda3} times its loss.
 */
final class ApnLosses {
  /**
   * Weights and kinds.
   *
   * @param proposalWeight lambda1
   * @param contrastWeight lambda2
   * @param snippetWeight lambda3, of the snippets' classes; 0 in the paper, which has none
   * @param proposals their losses
   * @param contrast its temperature
   * @param contrastMean whether the contrast is the mean over anchors; else their sum
   * @param regions what counts as start and end of an action
   * @param outside what proposals see beyond a recording
   */
  record Options(
      double proposalWeight,
      double contrastWeight,
      double snippetWeight,
      ProposalLosses proposals,
      ContrastiveLoss contrast,
      boolean contrastMean,
      BoundaryRegions regions,
      ProposalSamples.Outside outside) {}

  /** Gives the pseudo actions of a recording of the batch. */
  @FunctionalInterface
  interface Labels {
    /**
     * The pseudo actions.
     *
     * @param recording its place in the batch
     * @param embedded its embedded features {@code [T,D']}, values that no gradient flows into
     * @param classes probabilities of the snippets {@code [T,M]}; null without a snippet classifier
     */
    PseudoActions of(int recording, Tensor embedded, @Nullable Tensor classes);
  }

  /** Says what the snippets of a recording of the batch should be. */
  @FunctionalInterface
  interface Targets {
    /**
     * The targets.
     *
     * @param recording its place in the batch
     * @param classes present probabilities {@code [T,M]}
     */
    SnippetTargets of(int recording, Tensor classes);
  }

  /** Chooses the proposals of a recording that train. */
  @FunctionalInterface
  interface Choice {
    /**
     * The proposals.
     *
     * @param recording its place in the batch
     * @param starts boundary probabilities {@code [T]}
     * @param ends boundary probabilities {@code [T]}
     */
    TrainingProposals of(int recording, double[] starts, double[] ends, PseudoActions labels);
  }

  private final ApnNetwork network;
  private final Options options;
  private final int samples;

  /**
   * The losses of a network.
   *
   * @param samples N of a proposal
   */
  ApnLosses(ApnNetwork network, Options options, int samples) {
    this.network = network;
    this.options = options;
    this.samples = samples;
  }

  /**
   * The losses by name, {@code loss} their weighted sum.
   *
   * @param features {@code [1,rows,D]}
   * @param joined how the recordings lie in it
   */
  Map<String, Variable> of(
      TrainingPass pass,
      Tensor features,
      JoinedRecordings joined,
      Labels labels,
      Targets targets,
      Choice choice) {
    Engine engine = features.engine();
    Variable mask = pass.constant(joined.mask(engine));
    Variable x = network.embed(pass, pass.constant(features), mask);
    Variable probabilities = network.boundaries(pass, x, mask); // [1,rows,2]
    Variable snippets = network.snippets(pass, x); // [1,rows,M] or null
    Tensor clean = network.snippets(new EvaluationPass(), x.value());
    Tensor classes = clean == null ? null : clean.sigmoid();
    List<PseudoActions> actions = new ArrayList<>();
    for (int v = 0; v < joined.count(); v++) {
      Tensor own = classes == null ? null : rows(classes, joined, v);
      actions.add(labels.of(v, rows(x.value(), joined, v), own));
    }
    Map<String, Variable> losses = new LinkedHashMap<>();
    Variable boundary = boundaries(engine, probabilities, joined, actions);
    Variable loss = boundary;
    List<TrainingProposals> chosen = chosen(probabilities.value(), joined, actions, choice);
    Variable flat = x.reshape(joined.rows(), -1);
    if (chosen.stream().anyMatch(each -> each.count() > 0)) {
      ProposalLosses.Parts parts = proposals(pass, engine, flat, joined, chosen);
      losses.put("loss_class", parts.classes());
      losses.put("loss_confidence", parts.confidence());
      Variable both = parts.classes().add(parts.confidence());
      loss = loss.add(both.multiply(options.proposalWeight()));
    }
    Variable contrast =
        options.contrastWeight() == 0 ? null : contrast(engine, flat, joined, actions);
    if (contrast != null) {
      losses.put("loss_contrast", contrast);
      loss = loss.add(contrast.multiply(options.contrastWeight()));
    }
    if (snippets != null && classes != null) {
      Variable own = snippets(engine, snippets, classes, joined, targets);
      losses.put("loss_snippet", own);
      loss = loss.add(own.multiply(options.snippetWeight()));
    }
    losses.put("loss_boundary", boundary);
    losses.put("loss", loss);
    return losses;
  }

  /** The mean over recordings. */
  private static Variable snippets(
      Engine engine, Variable logits, Tensor classes, JoinedRecordings joined, Targets targets) {
    Variable sum = null;
    for (int v = 0; v < joined.count(); v++) {
      Variable own = logits.narrow(1, joined.start(v), joined.length(v));
      Variable loss = targets.of(v, rows(classes, joined, v)).loss(engine, own);
      sum = sum == null ? loss : sum.add(loss);
    }
    return Objects.requireNonNull(sum).multiply(1.0 / joined.count());
  }

  private static Tensor rows(Tensor x, JoinedRecordings joined, int recording) {
    return x.select(0, 0).narrow(0, joined.start(recording), joined.length(recording));
  }

  private Variable boundaries(
      Engine engine, Variable probabilities, JoinedRecordings joined, List<PseudoActions> actions) {
    int channels = BoundaryNetwork.CHANNELS;
    float[] labels = new float[joined.rows() * channels];
    boolean[] counts = new boolean[joined.rows()];
    for (int v = 0; v < joined.count(); v++) {
      List<Interval> intervals = actions.get(v).intervals();
      int from = joined.start(v);
      int length = joined.length(v);
      float[] starts = options.regions().startLabels(intervals, length);
      float[] ends = options.regions().endLabels(intervals, length);
      for (int t = 0; t < length; t++) {
        labels[(from + t) * channels] = starts[t];
        labels[(from + t) * channels + 1] = ends[t];
      }
      Arrays.fill(counts, from, from + length, true);
    }
    return BoundaryLoss.of(engine, probabilities, labels, counts, channels);
  }

  private static List<TrainingProposals> chosen(
      Tensor probabilities, JoinedRecordings joined, List<PseudoActions> actions, Choice choice) {
    double[] values = probabilities.toDoubles();
    List<TrainingProposals> chosen = new ArrayList<>();
    for (int v = 0; v < joined.count(); v++) {
      double[] starts = new double[joined.length(v)];
      double[] ends = new double[joined.length(v)];
      for (int t = 0; t < starts.length; t++) {
        int at = (joined.start(v) + t) * BoundaryNetwork.CHANNELS;
        starts[t] = values[at];
        ends[t] = values[at + 1];
      }
      chosen.add(choice.of(v, starts, ends, actions.get(v)));
    }
    return chosen;
  }

  private ProposalLosses.Parts proposals(
      TrainingPass pass,
      Engine engine,
      Variable flat,
      JoinedRecordings joined,
      List<TrainingProposals> chosen) {
    int count = chosen.stream().mapToInt(TrainingProposals::count).sum();
    ProposalSamples places = new ProposalSamples(count, samples, options.outside());
    List<TrainingProposals.One> all = new ArrayList<>();
    for (int v = 0; v < joined.count(); v++) {
      for (TrainingProposals.One one : chosen.get(v).all()) {
        places.add(one.interval(), joined.start(v), joined.length(v));
        all.add(one);
      }
    }
    Variable sampled = places.of(engine, network.encoder().map(pass, flat));
    ProposalEncoder.Output<Variable> encoded = network.encoder().forward(pass, sampled);
    return options
        .proposals()
        .of(engine, encoded.logits(), network.confidence().logits(pass, encoded), all);
  }

  /** Null where there is no anchor, or none with background. */
  private @Nullable Variable contrast(
      Engine engine, Variable flat, JoinedRecordings joined, List<PseudoActions> actions) {
    Variable sum = null;
    int anchors = 0;
    for (int v = 0; v < joined.count(); v++) {
      int length = joined.length(v);
      ContrastiveLoss.Result result =
          options
              .contrast()
              .of(
                  engine,
                  flat.narrow(0, joined.start(v), length),
                  recording(actions.get(v), length));
      anchors += result.anchors();
      Variable own = result.sum();
      if (own != null) {
        sum = sum == null ? own : sum.add(own);
      }
    }
    return sum == null || !options.contrastMean() ? sum : sum.multiply(1.0 / anchors);
  }

  private ContrastiveLoss.Recording recording(PseudoActions actions, int length) {
    List<Interval> intervals = actions.intervals();
    return new ContrastiveLoss.Recording(
        intervals.stream().map(each -> options.regions().start(each, length)).toList(),
        intervals.stream().map(each -> options.regions().end(each, length)).toList(),
        actions.actions().stream().map(PseudoAction::labels).toList(),
        actions.background().stream().map(BackgroundInstance::snippets).toList());
  }
}
