// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.gaufuse;

import dev.kairos.methods.pseudolabel.SoftLabels;
import dev.kairos.methods.report.LabelHistoryFile;
import dev.kairos.methods.run.StageFolder;
import dev.kairos.methods.training.Progress;
import dev.kairos.methods.training.Stage;
import dev.kairos.methods.training.StageTrial;
import dev.kairos.methods.training.TrainingState;
import dev.kairos.nn.optim.Optimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A stage that leaves behind how its labels changed, and the last two generations of them: folders
 * {@code latest} and {@code previous} beside {@value LabelHistoryFile#NAME}.
 */
final class LabelledStage implements Stage {
  private final Stage training;
  private final LabelledTask task;

  LabelledStage(Stage training, LabelledTask task) {
    this.training = training;
    this.task = task;
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
  public StageTrial trial() {
    return training.trial();
  }

  @Override
  public void remember(TrainingState state) {
    training.remember(state);
  }

  @Override
  public void begin(@Nullable StageFolder before, long done) throws IOException {
    training.begin(before, done);
  }

  @Override
  public Step prepare(long step) {
    return training.prepare(step);
  }

  @Override
  public void finish(StageFolder folder, Progress progress) throws IOException {
    training.finish(folder, progress);
    LabelHistoryFile.write(folder.file(LabelHistoryFile.NAME), task.history());
    write(folder.path().resolve("latest"), task.labels().latest());
    write(folder.path().resolve("previous"), task.labels().previous());
  }

  private static void write(Path folder, @Nullable SoftLabels labels) throws IOException {
    if (labels != null) {
      labels.write(Files.createDirectories(folder));
    }
  }
}
