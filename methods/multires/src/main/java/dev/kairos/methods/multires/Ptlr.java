// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.data.SnippetSampling;
import dev.kairos.methods.localization.Localizer;
import dev.kairos.methods.localization.SampledLocalizer;
import dev.kairos.methods.multires.PtlrConfig.Networks;
import dev.kairos.methods.multires.PtlrConfig.RefinementStage;
import dev.kairos.methods.proposal.ClassSelection;
import dev.kairos.methods.proposal.ProposalGenerator;
import dev.kairos.methods.pseudolabel.Labelling;
import dev.kairos.methods.pseudolabel.PseudoLabels;
import dev.kairos.methods.pseudolabel.ThresholdLabels;
import dev.kairos.methods.tal.Cas;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.methods.training.Stage;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.nn.EvaluationPass;
import dev.kairos.nn.Parameters;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.Tensor;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Progressive temporal label refinement: the networks that the configuration asks for, their
 * stages, the labels they give and what they localise. Weights carry over from one stage of a
 * network to its next.
 */
final class Ptlr {
  private final PtlrConfig config;
  private final Engine engine;
  private final List<String> classes;
  private final RandomKey key;
  private final @Nullable TrainedNetwork ots;
  private final @Nullable TrainedNetwork rts;

  /**
   * Networks with fresh weights.
   *
   * @param parameters the part of the tree that holds {@code ots} and {@code rts}
   * @param width values per snippet, all streams joined
   * @param classes names in the order of the channels
   * @param key of the run
   */
  Ptlr(PtlrConfig config, Parameters parameters, int width, List<String> classes, RandomKey key) {
    this.config = config;
    this.engine = parameters.engine();
    this.classes = List.copyOf(classes);
    this.key = key;
    int c = classes.size();
    this.ots =
        config.networks().ots()
            ? new TrainedNetwork(
                parameters.at("ots"),
                own ->
                    new OtsNetwork(own, width, c, config.hidden(), config.leak(), config.dropout()),
                config.weightDecay())
            : null;
    this.rts =
        config.networks().rts()
            ? new TrainedNetwork(
                parameters.at("rts"),
                own ->
                    new RtsNetwork(
                        own,
                        width,
                        c,
                        config.hidden(),
                        config.scales(),
                        config.leak(),
                        config.dropout()),
                config.weightDecay())
            : null;
  }

  private TrainedNetwork network(Networks which) {
    TrainedNetwork found = which == Networks.OTS ? ots : which == Networks.RTS ? rts : null;
    if (found == null) {
      throw new IllegalArgumentException(
          "ptlr: no network " + which + " where ptlr.networks is " + config.networks());
    }
    return found;
  }

  /**
   * The training of one stage.
   *
   * @param labels gives the labels to learn from, of the recordings of {@code data} in its order:
   *     those that the stage before gave, or the initial ones; asked once, when the first step is
   *     prepared
   */
  Stage training(RefinementStage stage, TrainingData data, Supplier<PseudoLabels> labels) {
    return PtlrTraining.of(config, stage, network(stage.network()), data, labels, key);
  }

  /** The labels that the stage's network gives, as its weights are now. */
  PseudoLabels labels(RefinementStage stage, TrainingData data) {
    ThresholdLabels labeller = config.labeller(stage.theta());
    return Labelling.of(
        data,
        config.segments(),
        (features, recordingLabels) -> {
          try (Scope scope = engine.scope()) {
            int width = features.length / config.segments();
            Tensor x = engine.tensor(features, 1, config.segments(), width);
            return labeller.of(cas(stage.network(), x), recordingLabels);
          }
        });
  }

  /** The CAS of one network, {@code [1,S,K]}. */
  private Tensor cas(Networks which, Tensor x) {
    return SnippetClassifier.cas(
        network(which).network().forward(new EvaluationPass(), x),
        config.segments(),
        config.lowResolution());
  }

  /**
   * Localises with some of the networks. Their proposals of a class meet in one suppression; the
   * class scores of the recording come from the mean of their CAS, which is also what is shown.
   *
   * @param with the networks that are asked
   */
  Localizer localizer(Networks with) {
    List<Networks> asked =
        Stream.of(Networks.OTS, Networks.RTS)
            .filter(which -> which == Networks.OTS ? with.ots() : with.rts())
            .toList();
    ProposalGenerator proposals =
        new ProposalGenerator(config.proposals(), asked.stream().map(Ptlr::curve).toList());
    return new SampledLocalizer(engine, proposals, classes) {
      @Override
      protected int[] snippets(int length) {
        return SnippetSampling.uniform(config.segments(), length);
      }

      @Override
      protected Prediction predict(Tensor x) {
        return Ptlr.this.predict(x, asked);
      }
    };
  }

  private static String curve(Networks which) {
    return which.name().toLowerCase(Locale.ROOT);
  }

  private Prediction predict(Tensor x, List<Networks> asked) {
    Map<String, Cas> curves = new LinkedHashMap<>();
    for (Networks which : asked) {
      double[] values = cas(which, x).toDoubles();
      curves.put(curve(which), Cas.of(values, config.segments(), classes.size() + 1));
    }
    Cas mean = mean(curves.values());
    double[] scores =
        Arrays.copyOf(ClassSelection.topMean(mean, config.topKDivisor()), classes.size());
    curves.put(Prediction.CAS, mean);
    return new Prediction(scores, curves, List.of());
  }

  private Cas mean(Collection<Cas> sequences) {
    int snippets = config.segments();
    double[] sum = new double[snippets * (classes.size() + 1)];
    for (Cas each : sequences) {
      double[] values = each.values();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += values[i];
      }
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= sequences.size();
    }
    return Cas.of(sum, snippets, classes.size() + 1);
  }
}
