// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.methods.run.StageFolder;
import dev.kairos.nn.optim.Optimizer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A stage with a folder of its own in the run, where it leaves something at its end. */
public final class FolderStage implements Stage {
  private final Stage stage;
  private final Leaving leaving;

  /** Leaves something in the folder of a stage. */
  @FunctionalInterface
  public interface Leaving {
    /** Writes; called again with the same content if the run is stopped before it was told of. */
    void leave(StageFolder folder) throws IOException;
  }

  /** Gives a stage a folder. */
  public FolderStage(Stage stage, Leaving leaving) {
    this.stage = stage;
    this.leaving = leaving;
  }

  @Override
  public String name() {
    return stage.name();
  }

  @Override
  public long steps() {
    return stage.steps();
  }

  @Override
  public Optimizer optimizer() {
    return stage.optimizer();
  }

  @Override
  public boolean leavesFolder() {
    return true;
  }

  @Override
  public StageTrial trial() {
    return stage.trial();
  }

  @Override
  public void remember(TrainingState state) {
    stage.remember(state);
  }

  @Override
  public void begin(@Nullable StageFolder before, long done) throws IOException {
    stage.begin(before, done);
  }

  @Override
  public Step prepare(long step) {
    return stage.prepare(step);
  }

  @Override
  public void finish(StageFolder folder, Progress progress) throws IOException {
    stage.finish(folder, progress);
    leaving.leave(folder);
  }
}
