// SPDX-License-Identifier: Apache-2.0
package dev.kairos.shards;

import dev.kairos.methods.training.ShardWorkers;
import dev.kairos.nn.Parameter;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Workers that are threads of one process and meet at a barrier. */
final class InProcessWorkers {
  private static final long LONGEST_SECONDS = 60;

  private final int count;
  private final CyclicBarrier barrier;
  private final Map<Integer, byte[]> pieces = new ConcurrentHashMap<>();
  private final Map<Integer, Map<String, float[]>> gradients = new ConcurrentHashMap<>();

  InProcessWorkers(int count) {
    this.count = count;
    this.barrier = new CyclicBarrier(count);
  }

  ShardWorkers worker(int rank) {
    return new ShardWorkers() {
      @Override
      public boolean isOwn(int piece) {
        return piece % count == rank;
      }

      @Override
      public List<byte[]> all(String what, int number, IntFunction<byte[]> work) {
        for (int i = rank; i < number; i += count) {
          pieces.put(i, work.apply(i));
        }
        meet();
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < number; i++) {
          all.add(pieces.get(i));
        }
        meet();
        return all;
      }

      @Override
      public GradientSum sum(String what, Engine engine, List<Parameter> moved, int shards) {
        return new GradientSum() {
          @Override
          public void add(int shard, Function<Parameter, Tensor> given) {
            Map<String, float[]> own = new HashMap<>();
            moved.forEach(p -> own.put(p.name(), given.apply(p).toFloats()));
            gradients.put(shard, own);
          }

          @Override
          public Function<Parameter, Tensor> total() {
            meet();
            Map<String, Tensor> sums = new HashMap<>();
            for (Parameter p : moved) {
              float[] sum = new float[p.shape().count()];
              for (int shard = 0; shard < shards; shard++) {
                float[] part = gradients.get(shard).get(p.name());
                for (int i = 0; i < sum.length; i++) {
                  sum[i] += part[i];
                }
              }
              sums.put(p.name(), engine.tensor(sum, p.shape().sizes()));
            }
            meet();
            return p -> sums.get(p.name());
          }
        };
      }
    };
  }

  private void meet() {
    try {
      barrier.await(LONGEST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException("a worker did not come", e);
    }
  }
}
