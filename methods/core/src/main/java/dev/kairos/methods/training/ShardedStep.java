// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.autograd.Gradients;
import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.TrainingPass;
import dev.kairos.nn.optim.Optimizer;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * A gradient step whose batch is cut into shards: each is computed by itself, with random masks of
 * its own; gradients and losses are added in the order of the shards. The same bits whoever
 * computes which shard.
 *
 * @param <B> a batch
 */
final class ShardedStep<B> {
  private final Engine engine;
  private final String stage;
  private final TrainingTask<B> task;
  private final ShardWorkers workers;

  ShardedStep(Engine engine, String stage, TrainingTask<B> task, ShardWorkers workers) {
    this.engine = engine;
    this.stage = stage;
    this.task = task;
    this.workers = workers;
  }

  /**
   * The shards of one step, those read that this worker computes.
   *
   * @param own by number
   */
  record Read<B>(List<Shard<B>> shards, Map<Integer, B> own) {
    B get(int shard) {
      return Objects.requireNonNull(own.get(shard));
    }
  }

  /** Reads what this worker computes; on any thread. */
  Read<B> read(List<Shard<B>> shards) {
    Map<Integer, B> own = new LinkedHashMap<>();
    for (int i = 0; i < shards.size(); i++) {
      if (workers.isOwn(i)) {
        own.put(i, shards.get(i).reading().get());
      }
    }
    return new Read<>(shards, own);
  }

  /**
   * Runs a step.
   *
   * @param step its number
   * @param key of this step, for random masks
   * @return the losses by name, added over the shards
   * @throws DivergedException if the loss is not finite; then no weight was moved
   */
  Map<String, Double> run(
      long step, RandomKey key, Optimizer optimizer, double learningRate, Read<B> batch) {
    String what = stage + ", step " + step;
    int count = batch.shards().size();
    List<Parameter> moved = optimizer.parameters();
    try (Scope scope = engine.scope()) {
      ShardWorkers.GradientSum sum = workers.sum(what, engine, moved, count);
      List<ShardResult> results =
          workers
              .all(
                  what,
                  count,
                  i -> {
                    double weight = batch.shards().get(i).weight();
                    return shard(i, weight, batch.get(i), key.child(i), moved, sum).toBytes();
                  })
              .stream()
              .map(ShardResult::of)
              .toList();
      Function<Parameter, Tensor> total = sum.total();
      Map<String, Double> losses = added(step, results);
      optimizer.step(total, learningRate);
      task.learn(results.stream().map(ShardResult::learned).toList());
      return losses;
    }
  }

  private Map<String, Double> added(long step, List<ShardResult> results) {
    Map<String, Double> losses = new LinkedHashMap<>();
    for (ShardResult result : results) {
      if (!result.problem().isEmpty()) {
        throw new DivergedException(stage, step, result.problem());
      }
      result.losses().forEach((name, value) -> losses.merge(name, value, Double::sum));
    }
    return losses;
  }

  /** Computes a shard and hands its gradients in, whatever they are: others wait for them. */
  private ShardResult shard(
      int shard,
      double weight,
      B batch,
      RandomKey key,
      List<Parameter> moved,
      ShardWorkers.GradientSum sum) {
    task.beginShard();
    List<B> parts = task.parts(batch);
    Map<String, Double> losses = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    GradientStep.gradients(
        engine,
        key,
        moved,
        parts.size(),
        (part, pass) -> backward(pass, weight, parts.get(part), losses, problems),
        gradients -> sum.add(shard, gradients));
    String problem = problems.isEmpty() ? "" : problems.get(0);
    return new ShardResult(losses, problem, task.endShard());
  }

  private Gradients backward(
      TrainingPass pass, double weight, B part, Map<String, Double> losses, List<String> problems) {
    StepLosses found = StepLosses.of(stage, task.losses(pass, part));
    found.addTo(losses, weight);
    if (!found.isFinite()) {
      problems.add(StepLosses.nonFinite(pass.tape()));
    }
    Tensor seed = engine.full(weight, found.loss().shape());
    return pass.tape().backward(found.loss(), seed);
  }
}
