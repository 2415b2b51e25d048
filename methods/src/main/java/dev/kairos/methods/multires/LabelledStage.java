// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import dev.kairos.methods.data.Plural;
import dev.kairos.methods.pseudolabel.LabelQuality;
import dev.kairos.methods.pseudolabel.LabelQualityFile;
import dev.kairos.methods.pseudolabel.PseudoLabels;
import dev.kairos.methods.training.Progress;
import dev.kairos.methods.training.Stage;
import dev.kairos.methods.training.StageFolder;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.nn.optim.Optimizer;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A training whose network labels all recordings at its end, for the training after it. */
final class LabelledStage implements Stage {
  private final Stage training;
  private final LabelsBefore source;
  private final Supplier<PseudoLabels> labelling;
  private final TrainingData data;

  /**
   * A training with its labelling.
   *
   * @param source told what the training before left behind
   * @param labelling gives the labels, as the weights are then
   */
  LabelledStage(
      Stage training, LabelsBefore source, Supplier<PseudoLabels> labelling, TrainingData data) {
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
  public Optimizer optimizer() {
    return training.optimizer();
  }

  @Override
  public boolean leavesFolder() {
    return true;
  }

  @Override
  public void begin(@Nullable StageFolder before, long done) throws IOException {
    if (before != null) {
      source.read(before);
    }
    training.begin(before, done);
  }

  @Override
  public void rehearse() {
    source.makeUp(data);
    training.rehearse();
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
    LabelQuality quality = Labelling.quality(data, labels);
    LabelQualityFile.write(folder.file(LabelQualityFile.NAME), quality);
  }
}
