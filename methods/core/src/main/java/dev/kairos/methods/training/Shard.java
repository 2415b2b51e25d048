// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One of the parts that a step's batch is cut into, whose weighted losses and gradients add up to
 * those of the batch.
 *
 * @param weight what its losses and gradients are multiplied with
 * @param reading reads it, on any thread; whoever does not compute the shard never asks
 * @param <B> a batch
 */
public record Shard<B>(double weight, Supplier<B> reading) {
  /** Places of a batch, from the first to before the last. */
  public record Range(int from, int to) {}

  /**
   * Cuts a number of items into ranges that differ by one at most.
   *
   * @param items at least 1
   * @param most how many ranges; as many as items where there are fewer of those
   */
  public static List<Range> ranges(int items, int most) {
    int count = Math.min(items, most);
    List<Range> ranges = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ranges.add(new Range((int) ((long) i * items / count), (int) ((i + 1L) * items / count)));
    }
    return ranges;
  }

  /** The same shard as a batch of another kind. */
  public <C> Shard<C> as(Function<B, C> made) {
    return new Shard<>(weight, () -> made.apply(reading.get()));
  }
}
