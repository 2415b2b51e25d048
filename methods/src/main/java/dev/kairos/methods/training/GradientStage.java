// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.autograd.Variable;
import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.TrainingPass;
import dev.kairos.nn.optim.Optimizer;
import dev.kairos.nn.optim.Schedule;
import dev.kairos.tensor.Engine;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The training most methods need: each step draws a batch, computes its loss on a tape and lets an
 * optimiser move the weights. What is drawn and what the loss is, a {@link Lesson} says.
 *
 * @param <B> what a step learns from
 */
public final class GradientStage<B> implements Stage {
  /** What a step learns from, and how. */
  public interface Lesson<B> {
    /**
     * Called before the first step of a training that begins, and not when a stopped one goes on.
     */
    default void begin() {}

    /**
     * Draws a batch and reads it: nothing of the weights. May run on another thread.
     *
     * @param key of this step's batch
     */
    B draw(RandomKey key);

    /**
     * The losses by name; {@code loss} is the one to minimise.
     *
     * @param pass records on the step's tape
     */
    Map<String, Variable> losses(TrainingPass pass, B batch);

    /**
     * Whether there is anything to learn from a batch; if not, no weight moves, by decay either.
     */
    default boolean teaches(B batch) {
      return true;
    }
  }

  private final String name;
  private final long steps;
  private final Schedule rate;
  private final Optimizer optimizer;
  private final Engine engine;
  private final RandomKey key;
  private final Lesson<B> lesson;

  /**
   * A training.
   *
   * @param rate the learning rate of each step
   * @param key of this training; batches and dropout follow it
   */
  public GradientStage(
      String name,
      long steps,
      Schedule rate,
      Optimizer optimizer,
      Engine engine,
      RandomKey key,
      Lesson<B> lesson) {
    this.name = name;
    this.steps = steps;
    this.rate = rate;
    this.optimizer = optimizer;
    this.engine = engine;
    this.key = key;
    this.lesson = lesson;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public Optimizer optimizer() {
    return optimizer;
  }

  @Override
  public void begin(@Nullable StageFolder before, long done) {
    if (done == 0) {
      lesson.begin();
    }
  }

  @Override
  public Step prepare(long step) {
    B batch = lesson.draw(key.child("batch").child(step));
    return () -> train(step, batch);
  }

  private Map<String, Double> train(long step, B batch) {
    if (!lesson.teaches(batch)) {
      return Map.of("loss", 0.0);
    }
    return GradientStep.run(
        engine,
        name,
        step,
        key.child("dropout").child(step),
        optimizer,
        rate.at(step),
        pass -> lesson.losses(pass, batch));
  }
}
