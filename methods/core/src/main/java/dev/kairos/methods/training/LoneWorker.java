// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.nn.Parameter;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Computes all shards, one after the other: what any number of workers must agree with. */
final class LoneWorker implements ShardWorkers {
  static final LoneWorker INSTANCE = new LoneWorker();

  private LoneWorker() {}

  @Override
  public boolean isOwn(int piece) {
    return true;
  }

  @Override
  public List<byte[]> all(String what, int pieces, IntFunction<byte[]> work) {
    List<byte[]> done = new ArrayList<>();
    for (int i = 0; i < pieces; i++) {
      done.add(work.apply(i));
    }
    return done;
  }

  @Override
  public GradientSum sum(String what, Engine engine, List<Parameter> parameters, int shards) {
    Map<Parameter, Tensor> sums = new HashMap<>();
    for (Parameter parameter : parameters) {
      sums.put(parameter, engine.zeros(parameter.shape()));
    }
    return new GradientSum() {
      @Override
      public void add(int shard, Function<Parameter, Tensor> gradients) {
        sums.forEach((parameter, sum) -> sum.addInPlace(gradients.apply(parameter)));
      }

      @Override
      public Function<Parameter, Tensor> total() {
        return parameter -> Objects.requireNonNull(sums.get(parameter));
      }
    };
  }
}
