// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.autograd.Variable;
import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.TrainingPass;
import java.util.List;
import java.util.Map;

/**
 * The task of a {@link GradientStage}: supplies the batch and the loss of each step.
 *
 * @param <B> a batch
 */
public interface TrainingTask<B> {
  /** Called before the first step of a stage that begins, and not when a stopped one goes on. */
  default void begin() {}

  /** Names what it remembers; see {@link Stage#remember}. */
  default void remember(TrainingState state) {}

  /** Where a step stands; a task with epochs asks its {@link EpochOrder}. */
  default StepPosition position(long step) {
    return StepPosition.of(step);
  }

  /**
   * Draws a batch and reads it: nothing of the weights, nor of what is remembered. May run on
   * another thread, while the step before trains.
   *
   * @param key of this step's batch
   */
  B draw(StepPosition at, RandomKey key);

  /**
   * Work that is part of the training and comes before a step, such as renewing labels. It is done
   * again if the run is stopped before the step is saved; if the step lost a worker, what it made
   * may be saved, and is not to be made once more.
   */
  default void before(StepPosition at, Progress progress) {}

  /**
   * Readies a trial step at any place, after which {@link #after} is not called: as {@link #before}
   * but for the work of {@link #occasional}.
   */
  default void beforeTrial(StepPosition at) {
    before(at, Progress.NONE);
  }

  /**
   * What {@link #before} and {@link #after} do at some steps only; see {@link StageTrial}.
   *
   * @param steps of the stage
   */
  default List<StageTrial.Occasional> occasional(long steps) {
    return List.of();
  }

  /** In proportion to which a step takes time; the same for all where its batches are alike. */
  default double size(StepPosition at) {
    return 1;
  }

  /** Work that is part of the training and comes after a step, such as an evaluation. */
  default void after(StepPosition at, Progress progress) {}

  /**
   * The parts of a batch that are computed one after the other, such as recordings of their own
   * length: the gradients of all add up to one update, and so do their losses.
   */
  default List<B> parts(B batch) {
    return List.of(batch);
  }

  /**
   * Draws a batch as {@link #draw} does, cut into shards of recordings, and reads none of it. The
   * weighted losses of all shards, and their gradients, add up to those of the batch: a loss that
   * is a mean over recordings counts by its share of them, one that is a sum by 1.
   *
   * @param key of this step's batch
   * @param most how many shards at most; fewer where there are fewer recordings
   * @throws UnsupportedOperationException if the losses of a batch do not part so, see {@link
   *     Model#undivided}
   */
  default List<Shard<B>> shards(StepPosition at, RandomKey key, int most) {
    throw new UnsupportedOperationException("its batches cannot be cut into shards");
  }

  /** Called before the first step, where batches are cut into shards. */
  default void workers(ShardWorkers workers) {}

  /** Called before an own shard is computed: it sees what was remembered before the step. */
  default void beginShard() {}

  /**
   * Called when an own shard was computed: takes back what was remembered of it.
   *
   * @return what is to be remembered of it when all shards of the step are there
   */
  default byte[] endShard() {
    return new byte[0];
  }

  /**
   * Remembers what the shards of a step gave, after the weights were moved.
   *
   * @param shards what {@link #endShard} gave for all of them, in their order
   */
  default void learn(List<byte[]> shards) {}

  /**
   * The losses by name; {@code loss} is the one to minimise.
   *
   * @param pass records on the step's tape
   */
  Map<String, Variable> losses(TrainingPass pass, B batch);

  /** Called when the step of a batch is done and nothing will ask for its features again. */
  default void release(B batch) {}

  /**
   * Whether a batch has any target; if not, no weight moves, by decay either. Not asked of shards:
   * the batches that are cut into them always have one.
   */
  default boolean hasTargets(B batch) {
    return true;
  }
}
