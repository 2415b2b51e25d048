// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.localization.Localizer;
import dev.kairos.methods.multires.PtlrConfig.Networks;
import dev.kairos.methods.multires.PtlrConfig.RefinementStage;
import dev.kairos.methods.pseudolabel.LabellingStage;
import dev.kairos.methods.pseudolabel.PreviousStageLabels;
import dev.kairos.methods.training.Model;
import dev.kairos.methods.training.Stage;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.nn.Parameters;
import dev.kairos.tensor.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All networks of the method. Each stage labels all recordings at its end; the labels go to the
 * next stage through its folder.
 */
final class MultiresModel implements Model {
  private final MultiresConfig config;
  private final Parameters parameters;
  private final int classes;
  private final Ilg ilg;
  private final @Nullable Ptlr ptlr; // null without refinement
  private final List<RefinementStage> refinements;

  MultiresModel(MultiresConfig config, DatasetDescription data, Engine engine, RandomKey key) {
    this.config = config;
    this.parameters = new Parameters(engine, key.child("weights"));
    this.classes = data.classes().size();
    this.ilg = new Ilg(config.ilg(), config.labels(), parameters.at(Ilg.NAME), data, key);
    this.ptlr =
        config.refine()
            ? new Ptlr(config.ptlr(), parameters, data.totalWidth(), data.classes(), key)
            : null;
    this.refinements = config.refine() ? config.ptlr().refinementStages() : List.of();
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }

  @Override
  public List<String> stageNames() {
    return Stream.concat(Stream.of(Ilg.NAME), refinements.stream().map(RefinementStage::name))
        .toList();
  }

  @Override
  public List<Stage> stages(TrainingData data) {
    List<Stage> stages = new ArrayList<>();
    stages.add(
        new LabellingStage(ilg.training(data), previousLabels(), () -> ilg.labels(data), data));
    for (RefinementStage stage : refinements) {
      Ptlr networks = refinement();
      PreviousStageLabels source = previousLabels();
      stages.add(
          new LabellingStage(
              networks.training(stage, data, source),
              source,
              () -> networks.labels(stage, data),
              data));
    }
    return stages;
  }

  private PreviousStageLabels previousLabels() {
    return new PreviousStageLabels(classes, config.ilg().segments());
  }

  private Ptlr refinement() {
    if (ptlr == null) {
      throw new IllegalStateException("multires: there is no refinement");
    }
    return ptlr;
  }

  @Override
  public Localizer localizer() {
    List<String> names = stageNames();
    return localizer(names.get(names.size() - 1));
  }

  @Override
  public Localizer localizer(String stage) {
    int index = stageNames().indexOf(stage);
    if (index < 0) {
      throw new IllegalArgumentException(
          "localize: there is no stage " + stage + " among " + stageNames());
    }
    return index == 0 ? ilg.localizer() : refinement().localizer(networks(index));
  }

  /** The networks asked for, of those trained by the end of a stage; all of these if none is. */
  private Networks networks(int stage) {
    Networks trained =
        stage == 1 ? refinements.get(0).network() : config.ptlr().networks(); // both by the second
    return trained == Networks.BOTH ? config.localizeWith() : trained;
  }
}
