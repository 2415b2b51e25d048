// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.run.StageFolder;
import dev.kairos.nn.optim.Optimizer;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One part of the training of a model: a number of steps with one optimiser. What a step does
 * depends on the weights, the optimiser, what the stage remembers and the step's number alone, so
 * that a stopped training goes on as if it had never stopped.
 */
public interface Stage {
  /** The name in progress lines and metrics. */
  String name();

  /** Steps in all. */
  long steps();

  /**
   * Whether nothing is left to do after so many steps: all are done, or it ended early.
   *
   * @param done steps that are done
   */
  default boolean isOver(long done) {
    return done >= steps();
  }

  /** Whether it may be over before {@link #steps} are done. */
  default boolean mayEndEarly() {
    return false;
  }

  /** Where a step stands, for a stage with epochs. */
  default StepPosition position(long step) {
    return StepPosition.of(step);
  }

  /** The optimiser. */
  Optimizer optimizer();

  /** Whether it has a folder of its own in the run folder, with its weights and metrics. */
  default boolean leavesFolder() {
    return false;
  }

  /** Makes trial steps possible, which show how long a step takes: nothing was trained before. */
  default StageTrial trial() {
    return StageTrial.alike(this::step);
  }

  /**
   * Cuts the batch of each step into shards. Called once before all else, where the model allows
   * it, see {@link Model#undivided}.
   *
   * @param most shards of a step
   * @param workers who compute them
   */
  default void shard(int most, ShardWorkers workers) {
    throw new UnsupportedOperationException(name() + ": has no batches to cut into shards");
  }

  /**
   * Names what it remembers beside the weights and the optimiser. Called once, before {@link
   * #begin}; what is named is there from then on, and is overwritten before a stopped training goes
   * on.
   */
  default void remember(TrainingState state) {}

  /**
   * Called once before the first step, and again when a stopped training goes on.
   *
   * @param before what the stage before left behind, null for the first
   * @param done steps that are done: 0 where the training begins
   */
  default void begin(@Nullable StageFolder before, long done) throws IOException {}

  /**
   * Called when it is over: puts the weights that it keeps in the place of the last ones, where
   * those are others.
   */
  default void keepBest() {}

  /**
   * Called whenever the run's checkpoint was written or read: leaves in the run folder what follows
   * from it.
   *
   * @param position how far the training has come, in this stage
   */
  default void saved(RunFolder run, RunFolder.Position position) throws IOException {}

  /**
   * Called after the last step of a stage with a folder: leaves there what the next one needs.
   * Called again if the run is stopped before it was told of; then leaves the same.
   *
   * @param folder of this stage
   */
  default void finish(StageFolder folder, Progress progress) throws IOException {}

  /**
   * Draws and reads what a step needs: all that comes from the data, and nothing of the weights.
   * Depends on the step's number alone, and may run on another thread while the step before trains.
   *
   * @param step the step's number, from 0
   */
  Step prepare(long step);

  /** A step that has its data in memory. */
  @FunctionalInterface
  interface Step {
    /**
     * Computes the losses and moves the weights.
     *
     * @param progress told of what else is worth a line
     * @return losses by name, {@code loss} the one that was minimised
     * @throws DivergedException if the loss is not finite; then no weight was moved
     * @throws WorkerLostException if another worker of the training is gone
     */
    Map<String, Double> run(Progress progress);
  }

  /**
   * Prepares one step and runs it.
   *
   * @param step the step's number, from 0
   * @return as {@link Step#run}
   */
  default Map<String, Double> step(long step) {
    return prepare(step).run(Progress.NONE);
  }
}
