// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import dev.kairos.autograd.Variable;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.multires.PtlrConfig.RefinementStage;
import dev.kairos.methods.multires.SnippetClassifier.Branch;
import dev.kairos.methods.pseudolabel.PseudoLabels;
import dev.kairos.methods.training.Batch;
import dev.kairos.methods.training.GradientStage;
import dev.kairos.methods.training.Stage;
import dev.kairos.methods.training.StepPosition;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.methods.training.TrainingTask;
import dev.kairos.nn.TrainingPass;
import dev.kairos.nn.optim.Schedule;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One stage of one refinement network on pseudo labels. A step whose batch has no label the network
 * could learn from changes nothing.
 */
final class PtlrTraining implements TrainingTask<PtlrTraining.Labelled> {
  private final PtlrConfig config;
  private final TrainedNetwork trained;
  private final TrainingData data;
  private final Supplier<PseudoLabels> source;
  private final PtlrLosses losses;
  private final Engine engine;
  private final RandomKey key;
  private @Nullable PseudoLabels labels;

  private PtlrTraining(
      PtlrConfig config,
      TrainedNetwork trained,
      TrainingData data,
      Supplier<PseudoLabels> source,
      RandomKey key) {
    this.config = config;
    this.trained = trained;
    this.data = data;
    this.source = source;
    this.losses = config.losses();
    this.engine = trained.parameters().engine();
    this.key = key;
  }

  /**
   * The training of a stage.
   *
   * @param source gives the labels of the recordings of {@code data}, in its order; asked when the
   *     first step is prepared, and never again
   * @param key of the run
   */
  static Stage of(
      PtlrConfig config,
      RefinementStage stage,
      TrainedNetwork trained,
      TrainingData data,
      Supplier<PseudoLabels> source,
      RandomKey key) {
    RandomKey own = key.child(stage.name());
    PtlrTraining training = new PtlrTraining(config, trained, data, source, own);
    return new GradientStage<>(
        stage.name(),
        config.steps(),
        Schedule.constant(config.learningRate()),
        trained.adam(),
        training.engine,
        own,
        training);
  }

  /** A batch with the labels of its snippets. */
  static final class Labelled {
    private final Batch batch;
    private final int[][] labels; // [B][S]
    private final int selected; // rows of all branches that have a label

    private Labelled(Batch batch, int[][] labels, int selected) {
      this.batch = batch;
      this.labels = labels;
      this.selected = selected;
    }
  }

  @Override
  public void begin() {
    trained.begin(config.reinitEachStage(), key.child("weights"));
  }

  @Override
  public Labelled draw(StepPosition at, RandomKey drawn) {
    Batch batch = Batch.uniform(data, config.batch(), config.segments(), drawn);
    int[][] own = new int[batch.size()][];
    int selected = 0;
    for (int i = 0; i < own.length; i++) {
      own[i] = labels().of(batch.recording(i));
      for (int stride : trained.network().strides()) {
        selected += losses.selected(own[i], stride);
      }
    }
    return new Labelled(batch, own, selected);
  }

  private PseudoLabels labels() {
    PseudoLabels known = labels;
    if (known == null) {
      known = source.get();
      known.requireOf(data, config.segments());
      labels = known;
    }
    return known;
  }

  @Override
  public boolean hasTargets(Labelled batch) {
    return batch.selected > 0;
  }

  @Override
  public void release(Labelled batch) {
    batch.batch.release();
  }

  @Override
  public Map<String, Variable> losses(TrainingPass pass, Labelled batch) {
    Variable x = pass.constant(batch.batch.features(engine));
    List<Branch<Variable>> branches = trained.network().forward(pass, x);
    PtlrLosses.Parts<Variable> parts = losses.of(engine, branches, batch.labels);
    Map<String, Variable> named = new LinkedHashMap<>();
    named.put("loss", parts.total());
    for (int m = 0; branches.size() > 1 && m < branches.size(); m++) {
      named.put("loss_" + branches.get(m).stride(), parts.branches().get(m));
    }
    named.put("selected", pass.constant(engine.full(batch.selected, Shape.of())));
    return named;
  }
}
