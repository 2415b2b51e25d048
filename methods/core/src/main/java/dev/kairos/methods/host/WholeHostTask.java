// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.host;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.training.Batch;
import dev.kairos.methods.training.EpochOrder;
import dev.kairos.methods.training.Shard;
import dev.kairos.methods.training.StepPosition;
import dev.kairos.methods.training.TrainingData;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A host's task on whole recordings, each at its own length: a step takes some in an order that is
 * shuffled for each epoch, and its loss is the sum of theirs.
 */
public interface WholeHostTask extends HostTask {
  /** Which recordings each step takes. */
  EpochOrder order();

  /** The recordings. */
  TrainingData data();

  @Override
  default StepPosition position(long step) {
    return order().position(step);
  }

  @Override
  default List<Batch> draw(StepPosition at, RandomKey key) {
    return whole(order().at(at.step()));
  }

  @Override
  default List<Shard<List<Batch>>> shards(StepPosition at, RandomKey key, int most) {
    int[] recordings = order().at(at.step());
    return Shard.ranges(recordings.length, most).stream()
        .map(range -> Arrays.copyOfRange(recordings, range.from(), range.to()))
        .map(part -> new Shard<>(1, () -> whole(part)))
        .toList();
  }

  private List<Batch> whole(int... recordings) {
    return Arrays.stream(recordings).mapToObj(i -> Batch.whole(data(), i)).toList();
  }

  /** Snippets of all its recordings. */
  @Override
  default double size(StepPosition at) {
    return IntStream.of(order().at(at.step())).mapToLong(data()::length).sum();
  }
}
