// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.run.StageFolder;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.optim.Adam;
import dev.kairos.nn.optim.Optimizer;
import dev.kairos.nn.optim.Schedule;
import dev.kairos.tensor.Engine;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stage of stochastic gradient descent: each step draws a batch, computes its loss on a tape and
 * lets an optimiser move the weights. A {@link TrainingTask} supplies batch and loss.
 *
 * @param <B> a batch
 */
public final class GradientStage<B> implements Stage {
  /** The metric's name. */
  public static final String LEARNING_RATE = "learningRate";

  private final String name;
  private final long steps;
  private final Schedule rate;
  private final Optimizer optimizer;
  private final Engine engine;
  private final RandomKey key;
  private final TrainingTask<B> task;
  private int shards; // 0 where batches are computed whole
  private @Nullable ShardedStep<B> sharded;

  /**
   * A stage.
   *
   * @param rate the learning rate of each step
   * @param key of this stage; batches and dropout follow it
   */
  public GradientStage(
      String name,
      long steps,
      Schedule rate,
      Optimizer optimizer,
      Engine engine,
      RandomKey key,
      TrainingTask<B> task) {
    this.name = name;
    this.steps = steps;
    this.rate = rate;
    this.optimizer = optimizer;
    this.engine = engine;
    this.key = key;
    this.task = task;
  }

  /**
   * A stage that trains weights by Adam.
   *
   * @param rate the learning rate of each step
   * @param weightDecay L2, added to the gradient
   * @param parameters the weights it moves
   * @param key of this stage; batches and dropout follow it
   */
  public static <B> GradientStage<B> withAdam(
      String name,
      long steps,
      Schedule rate,
      double weightDecay,
      Parameters parameters,
      RandomKey key,
      TrainingTask<B> task) {
    Adam adam = new Adam(parameters, Adam.Options.defaults().withWeightDecay(weightDecay));
    return new GradientStage<>(name, steps, rate, adam, parameters.engine(), key, task);
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
  public StepPosition position(long step) {
    return task.position(step);
  }

  @Override
  public Optimizer optimizer() {
    return optimizer;
  }

  @Override
  public void remember(TrainingState state) {
    task.remember(state);
  }

  @Override
  public void begin(@Nullable StageFolder before, long done) {
    if (done == 0) {
      task.begin();
    }
  }

  @Override
  public void shard(int most, ShardWorkers workers) {
    task.workers(workers);
    shards = most;
    sharded = new ShardedStep<>(engine, name, task, workers);
  }

  @Override
  public Step prepare(long step) {
    StepPosition at = task.position(step);
    Supplier<Map<String, Double>> work = work(step, at);
    return progress -> {
      task.before(at, progress);
      Map<String, Double> losses = work.get();
      try {
        task.after(at, progress);
      } catch (WorkerLostException e) {
        throw e.afterStep();
      }
      return losses;
    };
  }

  /** Reads a step's batch, or the own shards of it, and says how it is trained on. */
  private Supplier<Map<String, Double>> work(long step, StepPosition at) {
    RandomKey drawn = key.child("batch").child(step);
    ShardedStep<B> parted = sharded;
    if (parted != null) {
      ShardedStep.Read<B> read = parted.read(task.shards(at, drawn, shards));
      return () -> {
        double learningRate = rate.at(step);
        Map<String, Double> metrics =
            parted.run(step, key.child("dropout").child(step), optimizer, learningRate, read);
        metrics.put(LEARNING_RATE, learningRate);
        read.own().values().forEach(task::release);
        return metrics;
      };
    }
    B batch = task.draw(at, drawn);
    return () -> {
      Map<String, Double> metrics = train(step, batch);
      task.release(batch);
      return metrics;
    };
  }

  @Override
  public StageTrial trial() {
    return new StageTrial(
        this::tryOut, step -> task.size(task.position(step)), task.occasional(steps));
  }

  private void tryOut(long step) {
    StepPosition at = task.position(step);
    Supplier<Map<String, Double>> work = work(step, at);
    task.beforeTrial(at);
    var unused = work.get();
  }

  private Map<String, Double> train(long step, B batch) {
    double learningRate = rate.at(step);
    Map<String, Double> metrics = new LinkedHashMap<>();
    if (task.hasTargets(batch)) {
      metrics.putAll(
          GradientStep.run(
              engine,
              name,
              step,
              key.child("dropout").child(step),
              optimizer,
              learningRate,
              task.parts(batch).stream()
                  .<GradientStep.Forward>map(part -> pass -> task.losses(pass, part))
                  .toList()));
    } else {
      metrics.put("loss", 0.0);
    }
    metrics.put(LEARNING_RATE, learningRate);
    return metrics;
  }
}
