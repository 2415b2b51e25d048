// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.training;

import dev.kairos.methods.data.OpenOptions;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.util.SerializableConfiguration;

/**
 * What all workers of a training are told.
 *
 * @param id of the training in its executors' memory
 * @param hadoop settings of its file systems
 * @param run the run folder, as {@code Places} names it; read and written by worker 0 alone
 * @param data the data folder, which every worker reads
 * @param train subsets to learn from, empty for what the folder says
 * @param test subsets to score on, likewise
 * @param skipMissing whether recordings without features are left out
 * @param backend what computes
 * @param checkpointSeconds least time between two checkpoints
 * @param maxSeconds after which the run is saved and stopped
 * @param longestSeconds how long a worker waits for another one's part
 */
record TrainingJob(
    String id,
    SerializableConfiguration hadoop,
    String run,
    String data,
    List<String> train,
    List<String> test,
    boolean skipMissing,
    String backend,
    double checkpointSeconds,
    double maxSeconds,
    double longestSeconds)
    implements Serializable {
  OpenOptions opening() {
    return new OpenOptions(train, test, skipMissing);
  }
}
