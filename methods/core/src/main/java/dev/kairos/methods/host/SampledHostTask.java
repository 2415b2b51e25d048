// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.host;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.training.Batch;
import dev.kairos.methods.training.DrawnBatch;
import dev.kairos.methods.training.Shard;
import dev.kairos.methods.training.StepPosition;
import java.util.List;

/** A host's task on one batch of sampled recordings a step, whose loss is a mean over them. */
public interface SampledHostTask extends HostTask {
  /**
   * Draws the recordings of a step and their snippets.
   *
   * @param key of this step's batch
   */
  DrawnBatch drawn(StepPosition at, RandomKey key);

  @Override
  default List<Batch> draw(StepPosition at, RandomKey key) {
    return List.of(drawn(at, key).read());
  }

  @Override
  default List<Shard<List<Batch>>> shards(StepPosition at, RandomKey key, int most) {
    return drawn(at, key).shards(most).stream()
        .<Shard<List<Batch>>>map(shard -> shard.as(List::of))
        .toList();
  }
}
