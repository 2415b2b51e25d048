// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import dev.kairos.autograd.Variable;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.multires.PtlrConfig.Phase;
import dev.kairos.methods.multires.SnippetClassifier.Branch;
import dev.kairos.methods.training.Batch;
import dev.kairos.methods.training.GradientStep;
import dev.kairos.methods.training.Stage;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.nn.TrainingPass;
import dev.kairos.nn.optim.Optimizer;
import dev.kairos.tensor.Engine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One training of one refinement network on pseudo labels. A step whose batch has no label the
 * network could learn from changes nothing.
 */
final class PtlrTraining implements Stage {
  private final PtlrConfig config;
  private final Phase phase;
  private final TrainedNetwork trained;
  private final TrainingData data;
  private final Supplier<PseudoLabels> source;
  private final Engine engine;
  private final RandomKey key;
  private @Nullable PseudoLabels labels;

  /**
   * A training.
   *
   * @param source gives the labels of the recordings of {@code data}, in its order; asked when the
   *     first step is prepared, and never again
   * @param key of the run
   */
  PtlrTraining(
      PtlrConfig config,
      Phase phase,
      TrainedNetwork trained,
      TrainingData data,
      Supplier<PseudoLabels> source,
      RandomKey key) {
    this.config = config;
    this.phase = phase;
    this.trained = trained;
    this.data = data;
    this.source = source;
    this.engine = trained.parameters().engine();
    this.key = key.child(phase.name());
  }

  @Override
  public String name() {
    return phase.name();
  }

  @Override
  public long steps() {
    return config.steps();
  }

  @Override
  public Optimizer optimizer() {
    return trained.adam();
  }

  @Override
  public Step prepare(long step) {
    RandomKey drawn = key.child("batch").child(step);
    Batch batch = Batch.uniform(data, config.batch(), config.segments(), drawn);
    int[][] wanted = new int[batch.size()][];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = labels().of(batch.recording(i));
    }
    return () -> train(step, batch, wanted);
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

  private Map<String, Double> train(long step, Batch batch, int[][] wanted) {
    if (step == 0) {
      trained.begin(config.reinitEachStage(), key.child("weights"));
    }
    Map<String, Double> values = new LinkedHashMap<>();
    int selected = 0;
    for (int stride : trained.network().strides()) {
      for (int[] own : wanted) {
        selected += PtlrLosses.selected(own, stride);
      }
    }
    if (selected == 0) {
      values.put("loss", 0.0);
    } else {
      RandomKey dropout = key.child("dropout").child(step);
      values.putAll(
          GradientStep.run(
              engine,
              name(),
              step,
              dropout,
              trained.adam(),
              config.learningRate(),
              pass -> losses(pass, batch, wanted)));
    }
    values.put("selected", (double) selected);
    return values;
  }

  private Map<String, Variable> losses(TrainingPass pass, Batch batch, int[][] wanted) {
    Variable x = pass.constant(batch.features(engine));
    List<Branch<Variable>> branches = trained.network().forward(pass, x);
    PtlrLosses.Parts<Variable> parts =
        PtlrLosses.of(engine, branches, wanted, config.selectedMean());
    Map<String, Variable> losses = new LinkedHashMap<>();
    losses.put("loss", parts.total());
    for (int m = 0; branches.size() > 1 && m < branches.size(); m++) {
      losses.put("loss_" + branches.get(m).stride(), parts.branches().get(m));
    }
    return losses;
  }
}
