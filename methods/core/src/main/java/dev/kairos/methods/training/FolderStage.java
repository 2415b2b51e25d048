// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.methods.run.StageFolder;
import java.io.IOException;

/** A stage with a folder of its own in the run, where it leaves something at its end. */
public final class FolderStage extends ForwardingStage {
  private final Leaving leaving;

  /** Leaves something in the folder of a stage. */
  @FunctionalInterface
  public interface Leaving {
    /** Writes; called again with the same content if the run is stopped before it was told of. */
    void leave(StageFolder folder) throws IOException;
  }

  /** Gives a stage a folder. */
  public FolderStage(Stage stage, Leaving leaving) {
    super(stage);
    this.leaving = leaving;
  }

  @Override
  public boolean leavesFolder() {
    return true;
  }

  @Override
  public void finish(StageFolder folder, Progress progress) throws IOException {
    super.finish(folder, progress);
    leaving.leave(folder);
  }
}
