// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pseudolabel;

import dev.kairos.methods.files.Plural;
import dev.kairos.methods.run.StageFolder;
import dev.kairos.methods.training.Progress;
import dev.kairos.methods.training.Stage;
import dev.kairos.methods.training.StageTrial;
import dev.kairos.methods.training.StepPosition;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.methods.training.TrainingState;
import dev.kairos.nn.optim.Optimizer;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A stage whose network labels all recordings at its end, for the stage after it. */
public final class LabellingStage implements Stage {
  private final Stage training;
  private final PreviousStageLabels source;
  private final Supplier<PseudoLabels> labelling;
  private final TrainingData data;

  /**
   * A stage that labels.
   *
   * @param training what is done before
   * @param source reads what the previous stage left behind
   * @param labelling gives the labels, as the weights are then
   */
  public LabellingStage(
      Stage training,
      PreviousStageLabels source,
      Supplier<PseudoLabels> labelling,
      TrainingData data) {
    this.training = training;
    this.source = source;
    this.labelling = labelling;
    this.data = data;
  }

  @Override
  public String name() {
    return training.name();
  }

  @Override
  public long steps() {
    return training.steps();
  }

  @Override
  public StepPosition position(long step) {
    return training.position(step);
  }

  @Override
  public Optimizer optimizer() {
    return training.optimizer();
  }

  @Override
  public boolean leavesFolder() {
    return true;
  }

  @Override
  public void remember(TrainingState state) {
    training.remember(state);
  }

  @Override
  public void begin(@Nullable StageFolder before, long done) throws IOException {
    if (before != null) {
      source.read(before);
    }
    training.begin(before, done);
  }

  @Override
  public StageTrial trial() {
    source.makeUp(data);
    return training.trial();
  }

  @Override
  public Step prepare(long step) {
    return training.prepare(step);
  }

  @Override
  public void finish(StageFolder folder, Progress progress) throws IOException {
    progress.note(name() + ": labelling " + Plural.of(data.size(), "recording"));
    PseudoLabels labels = labelling.get();
    labels.write(folder.path());
    LabelQualityFile.write(
        folder.file(LabelQualityFile.NAME),
        Labelling.quality(data, labels),
        Labelling.boundaries(data, labels));
  }
}
