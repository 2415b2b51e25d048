// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.kernels.Philox;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.data.SnippetSampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Which recordings a step takes, and which of their snippets, before any feature is read. Depends
 * on the key alone, so that workers who read different parts of it agree on the whole.
 */
public final class DrawnBatch {
  private final TrainingData data;
  private final int[] recordings;
  private final int[][] snippets;

  private DrawnBatch(TrainingData data, int[] recordings, int[][] snippets) {
    this.data = data;
    this.recordings = recordings;
    this.snippets = snippets;
  }

  /**
   * A fresh random set of {@code min(size, N)} different recordings with randomly sampled snippets.
   *
   * @param key of this step
   */
  public static DrawnBatch random(TrainingData data, int size, int samples, RandomKey key) {
    return draw(data, size, key, (length, rng) -> SnippetSampling.random(samples, length, rng));
  }

  /**
   * The same with uniformly sampled snippets, so that a snippet means the same in every step.
   *
   * @param key of this step
   */
  public static DrawnBatch uniform(TrainingData data, int size, int samples, RandomKey key) {
    return draw(data, size, key, (length, rng) -> SnippetSampling.uniform(samples, length));
  }

  /**
   * The given recordings with randomly sampled snippets.
   *
   * @param recordings which, at least one
   * @param key of this step
   */
  public static DrawnBatch random(TrainingData data, int[] recordings, int samples, RandomKey key) {
    RandomGenerator random = Philox.generator(key);
    int[][] snippets = new int[recordings.length][];
    for (int i = 0; i < recordings.length; i++) {
      snippets[i] = SnippetSampling.random(samples, data.length(recordings[i]), random);
    }
    return new DrawnBatch(data, recordings.clone(), snippets);
  }

  /** Which snippets of a recording are taken. */
  @FunctionalInterface
  private interface Sampling {
    int[] snippets(int length, RandomGenerator random);
  }

  private static DrawnBatch draw(TrainingData data, int size, RandomKey key, Sampling sampling) {
    RandomGenerator random = Philox.generator(key);
    int n = data.size();
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    int count = Math.min(size, n);
    int[] chosen = new int[count];
    int[][] snippets = new int[count][];
    for (int i = 0; i < count; i++) {
      int other = i + random.nextInt(n - i);
      chosen[i] = order[other];
      order[other] = order[i];
      snippets[i] = sampling.snippets(data.length(chosen[i]), random);
    }
    return new DrawnBatch(data, chosen, snippets);
  }

  /** Number of recordings B. */
  public int size() {
    return recordings.length;
  }

  /** Reads the features. */
  public Batch read() {
    return new Batch(data, recordings, snippets);
  }

  /**
   * Shards of consecutive recordings for a loss that is a mean over the recordings of the batch:
   * each counts by its share of them.
   *
   * @param most how many at most
   */
  public List<Shard<Batch>> shards(int most) {
    List<Shard<Batch>> shards = new ArrayList<>();
    for (Shard.Range range : Shard.ranges(size(), most)) {
      DrawnBatch part =
          new DrawnBatch(
              data,
              Arrays.copyOfRange(recordings, range.from(), range.to()),
              Arrays.copyOfRange(snippets, range.from(), range.to()));
      shards.add(new Shard<>((double) part.size() / size(), part::read));
    }
    return shards;
  }
}
