// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pipeline;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.training.Progress;
import dev.kairos.methods.training.TrainingLoop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Who trains many runs at once: the machines of a cluster, a run each. */
public interface RunsWork {
  /** Nobody does: each is trained when it is its turn. */
  RunsWork IN_TURN = (dataset, runs, options, progress) -> Map.of();

  /**
   * A run to train.
   *
   * @param place its folder; one that was begun is gone on with
   * @param method its name
   * @param config every setting, as TOML
   */
  record Planned(Path place, String method, String config) {}

  /**
   * Trains runs on the subset {@code train} of a data set; the recordings to test on are left
   * alone. Those that it leaves unfinished are trained in turn.
   *
   * @return what went wrong, code and message, by the folders of the runs that failed by
   *     themselves: a loss that is no number, settings that do not go together
   */
  Map<Path, String> train(
      Dataset dataset, List<Planned> runs, TrainingLoop.Options options, Progress progress)
      throws IOException;
}
