// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.backbone.BasnetModel;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.SnippetSampling;
import dev.kairos.methods.localization.Localizer;
import dev.kairos.methods.localization.SampledLocalizer;
import dev.kairos.methods.proposal.ProposalGenerator;
import dev.kairos.methods.pseudolabel.Labelling;
import dev.kairos.methods.pseudolabel.PseudoLabels;
import dev.kairos.methods.tal.Cas;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.methods.training.GradientStage;
import dev.kairos.methods.training.Stage;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.nn.EvaluationPass;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.optim.Schedule;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Initial label generation: the networks of both streams, their training, the labels they give and
 * what they localise by themselves.
 */
final class Ilg {
  /** The name of its stage. */
  static final String NAME = "ilg";

  private final IlgConfig config;
  private final InitialLabels labelling;
  private final InitialLabels fusion; // always min-max: what is localised needs scores in [0, 1]
  private final Parameters parameters;
  private final Engine engine;
  private final List<String> classes;
  private final RandomKey key;
  private final IlgModel model;

  /**
   * Networks with fresh weights.
   *
   * @param parameters the part of the tree they own
   * @param key of the run
   */
  Ilg(
      IlgConfig config,
      InitialLabels labelling,
      Parameters parameters,
      DatasetDescription data,
      RandomKey key) {
    this.config = config;
    this.labelling = labelling;
    this.fusion = labelling.with(InitialLabels.Normalisation.MINMAX);
    this.parameters = parameters;
    this.engine = parameters.engine();
    this.classes = data.classes();
    this.key = key.child(NAME);
    IlgModel.Sizes sizes =
        new IlgModel.Sizes(
            classes.size(), config.filterHidden(), config.hidden(), config.dropout());
    this.model = new IlgModel(parameters, data.streams(), sizes, config.sharedWeights());
  }

  /** The training. */
  Stage training(TrainingData data) {
    return GradientStage.withAdam(
        NAME,
        config.steps(),
        Schedule.constant(config.learningRate()),
        config.weightDecay(),
        parameters,
        key,
        new IlgTraining(config, model, data, engine));
  }

  /** The initial labels, as the weights are now. */
  PseudoLabels labels(TrainingData data) {
    return Labelling.of(
        data,
        config.segments(),
        (features, recordingLabels) -> {
          try (Scope scope = engine.scope()) {
            int width = features.length / config.segments();
            Tensor x = engine.tensor(features, 1, config.segments(), width);
            return labelling.of(labelling.fuse(cas(logits(x))), recordingLabels);
          }
        });
  }

  /** Raw scores of each stream's suppression branch, {@code [1,S,K]}. */
  private List<Tensor> logits(Tensor x) {
    List<Tensor> parts = model.split(x);
    List<Tensor> logits = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      logits.add(model.suppression(new EvaluationPass(), i, parts.get(i)));
    }
    return logits;
  }

  private List<Cas> cas(List<Tensor> logits) {
    return logits.stream()
        .map(raw -> Cas.of(raw.toDoubles(), config.segments(), classes.size() + 1))
        .toList();
  }

  /** Gives the fused CAS of both streams, and detections by BaS-Net's procedure. */
  Localizer localizer() {
    return new SampledLocalizer(engine, new ProposalGenerator(config.proposals()), classes) {
      @Override
      protected int[] snippets(int length) {
        return SnippetSampling.uniform(config.segments(), length);
      }

      @Override
      protected Prediction predict(Tensor x) {
        List<Tensor> logits = logits(x);
        return Prediction.of(videoScores(logits), fusion.fuse(cas(logits)));
      }
    };
  }

  private double[] videoScores(List<Tensor> logits) {
    double[] scores = new double[classes.size()];
    double total = config.streamWeights().stream().mapToDouble(Double::doubleValue).sum();
    for (int i = 0; i < logits.size(); i++) {
      double[] own = BasnetModel.videoScore(logits.get(i), config.topK()).toDoubles(); // [1,K]
      for (int c = 0; c < scores.length; c++) {
        scores[c] += config.streamWeights().get(i) * own[c] / total;
      }
    }
    return scores;
  }
}
