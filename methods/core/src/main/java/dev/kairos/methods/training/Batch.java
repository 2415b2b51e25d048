// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.data.SnippetSampling;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Some recordings, each brought to S snippets by {@link SnippetSampling}, or one at its own length,
 * with their features in memory.
 */
public final class Batch {
  private final TrainingData data;
  private final int[] recordings;
  private final int[][] snippets;
  private float @Nullable [] features; // null once it was given back

  Batch(TrainingData data, int[] recordings, int[][] snippets) {
    this.data = data;
    this.recordings = recordings;
    this.snippets = snippets;
    this.features = read(data, recordings, snippets);
  }

  /**
   * Draws a fresh random set of {@code min(size, N)} different recordings with randomly sampled
   * snippets, and reads them. Depends on nothing but the arguments.
   *
   * @param key of this step
   */
  public static Batch random(TrainingData data, int size, int samples, RandomKey key) {
    return DrawnBatch.random(data, size, samples, key).read();
  }

  /**
   * The same with uniformly sampled snippets, so that a snippet means the same in every step.
   *
   * @param key of this step
   */
  public static Batch uniform(TrainingData data, int size, int samples, RandomKey key) {
    return DrawnBatch.uniform(data, size, samples, key).read();
  }

  /**
   * The given recordings with randomly sampled snippets.
   *
   * @param recordings which, at least one
   * @param key of this step
   */
  public static Batch random(TrainingData data, int[] recordings, int samples, RandomKey key) {
    return DrawnBatch.random(data, recordings, samples, key).read();
  }

  /** One recording at its own length: all T snippets of it. */
  public static Batch whole(TrainingData data, int recording) {
    int[] all = new int[data.length(recording)];
    for (int t = 0; t < all.length; t++) {
      all[t] = t;
    }
    return new Batch(data, new int[] {recording}, new int[][] {all});
  }

  private static float[] read(TrainingData data, int[] recordings, int[][] snippets) {
    int each = snippets[0].length * data.width();
    float[] values = data.arrays().take(recordings.length * each);
    for (int i = 0; i < recordings.length; i++) {
      data.copyRows(recordings[i], snippets[i], values, i * each);
    }
    return values;
  }

  /** Number of recordings B. */
  public int size() {
    return recordings.length;
  }

  /** Which recording stands at a place. */
  public int recording(int place) {
    return recordings[place];
  }

  /** The sampled snippets of the recording at a place, {@code [S]}. */
  public int[] snippets(int place) {
    return snippets[place].clone();
  }

  /**
   * The features, {@code [B, S, D]}.
   *
   * @throws IllegalStateException after {@link #release}
   */
  public Tensor features(Engine engine) {
    float[] values = features;
    if (values == null) {
      throw new IllegalStateException("batch: its features were given back");
    }
    return engine.tensor(values, recordings.length, snippets[0].length, data.width());
  }

  /** Gives the array of the features to the next batch: they can no longer be asked for. */
  public void release() {
    if (features != null) {
      data.arrays().give(features);
      features = null;
    }
  }

  /** The recordings' labels, 1 or 0, {@code [B, C]}. */
  public Tensor labels(Engine engine) {
    int classes = data.classes();
    float[] values = new float[recordings.length * classes];
    for (int i = 0; i < recordings.length; i++) {
      System.arraycopy(data.labels(recordings[i]), 0, values, i * classes, classes);
    }
    return engine.tensor(values, recordings.length, classes);
  }
}
