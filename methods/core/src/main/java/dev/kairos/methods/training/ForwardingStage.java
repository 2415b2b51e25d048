// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.run.StageFolder;
import dev.kairos.nn.optim.Optimizer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A stage around another one, which it leaves as it is but for what a subclass adds. */
abstract class ForwardingStage implements Stage {
  private final Stage stage;

  ForwardingStage(Stage stage) {
    this.stage = stage;
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
  public boolean isOver(long done) {
    return stage.isOver(done);
  }

  @Override
  public boolean mayEndEarly() {
    return stage.mayEndEarly();
  }

  @Override
  public StepPosition position(long step) {
    return stage.position(step);
  }

  @Override
  public Optimizer optimizer() {
    return stage.optimizer();
  }

  @Override
  public boolean leavesFolder() {
    return stage.leavesFolder();
  }

  @Override
  public StageTrial trial() {
    return stage.trial();
  }

  @Override
  public void shard(int most, ShardWorkers workers) {
    stage.shard(most, workers);
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
  public void keepBest() {
    stage.keepBest();
  }

  @Override
  public void saved(RunFolder run, RunFolder.Position position) throws IOException {
    stage.saved(run, position);
  }

  @Override
  public void finish(StageFolder folder, Progress progress) throws IOException {
    stage.finish(folder, progress);
  }
}
