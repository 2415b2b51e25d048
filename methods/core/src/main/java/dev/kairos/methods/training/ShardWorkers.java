// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.nn.Parameter;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Those who compute the shards of a training together, as one of them sees it. All hold the same
 * weights and run the same training, call the methods here in the same order with the same
 * arguments, and get the same answers; the bits of those do not depend on how many they are. Every
 * call may throw a {@link WorkerLostException}.
 */
public interface ShardWorkers {
  /** One worker, who computes all. */
  static ShardWorkers alone() {
    return LoneWorker.INSTANCE;
  }

  /** Whether this worker does a piece of work; each is done by exactly one. */
  boolean isOwn(int piece);

  /**
   * Does pieces of work, each by its worker.
   *
   * @param what is done, for messages
   * @param pieces how many
   * @param work does one; called in ascending order, for own pieces only
   * @return what all pieces gave, in their order, to every worker
   */
  List<byte[]> all(String what, int pieces, IntFunction<byte[]> work);

  /**
   * Begins to add up the gradients of a step.
   *
   * @param what is added, for messages
   * @param parameters of which there are gradients
   * @param shards how many gradients are added
   */
  GradientSum sum(String what, Engine engine, List<Parameter> parameters, int shards);

  /** The sum of the gradients of all shards, added in the order of the shards. */
  interface GradientSum {
    /** Adds the gradients of an own shard; shards come in ascending order. */
    void add(int shard, Function<Parameter, Tensor> gradients);

    /** The sums over all shards; asked once, when all own ones were added. */
    Function<Parameter, Tensor> total();
  }
}
