// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.rskp;

import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import it.unimi.dsi.fastutil.ints.IntArrays;
import java.util.Arrays;

/**
 * The representative snippets with the highest scores of each class that training has seen: Q of
 * them, zeros at first. Used by one thread.
 *
 * <p>Source: RSKP, CVPR 2022, section 3.4.
 */
public final class MemoryBank {
  private final int classes;
  private final int slots;
  private final int width;
  private final double[] vectors; // [C,Q,H]
  private final double[] scores; // [C,Q]

  /**
   * An empty bank.
   *
   * @param classes C
   * @param slots Q
   * @param width H
   */
  public MemoryBank(int classes, int slots, int width) {
    this.classes = classes;
    this.slots = slots;
    this.width = width;
    this.vectors = new double[classes * slots * width];
    this.scores = new double[classes * slots];
  }

  /** Forgets all: zeros again. */
  public void clear() {
    Arrays.fill(vectors, 0);
    Arrays.fill(scores, 0);
  }

  /**
   * The vectors of some classes in their order, {@code [N*Q,H]}.
   *
   * @param of class indices; one that stands twice gives its vectors twice
   */
  public Tensor vectors(Engine engine, int... of) {
    int size = slots * width;
    double[] joined = new double[of.length * size];
    for (int i = 0; i < of.length; i++) {
      System.arraycopy(vectors, of[i] * size, joined, i * size, size);
    }
    return engine.tensor(joined, of.length * slots, width);
  }

  /**
   * Takes in the representatives of a recording: for each of its classes the Q best of those stored
   * and of the new ones stay, of equal scores the stored first.
   *
   * @param of the classes of the recording; one that stands twice is updated twice
   * @param representatives {@code [K,H]}
   * @param probabilities how likely each is of each class, {@code [K,C1]}
   */
  public void update(int[] of, double[] representatives, double[] probabilities) {
    int count = representatives.length / width;
    int channels = probabilities.length / count;
    for (int label : of) {
      double[] score = new double[slots + count];
      System.arraycopy(scores, label * slots, score, 0, slots);
      for (int k = 0; k < count; k++) {
        score[slots + k] = probabilities[k * channels + label];
      }
      int[] order = new int[score.length];
      for (int i = 0; i < order.length; i++) {
        order[i] = i;
      }
      IntArrays.stableSort(order, (i, j) -> Double.compare(score[j], score[i]));
      int size = slots * width;
      double[] kept = new double[size];
      for (int q = 0; q < slots; q++) {
        boolean stored = order[q] < slots;
        double[] from = stored ? vectors : representatives;
        int at = stored ? label * size + order[q] * width : (order[q] - slots) * width;
        System.arraycopy(from, at, kept, q * width, width);
        scores[label * slots + q] = score[order[q]];
      }
      System.arraycopy(kept, 0, vectors, label * size, size);
    }
  }

  /** All vectors, {@code [C,Q,H]}, to be saved. */
  public double[] vectors() {
    return vectors.clone();
  }

  /** All scores, {@code [C,Q]}, to be saved. */
  public double[] scores() {
    return scores.clone();
  }

  /** Brings back what was saved. */
  public void restore(double[] savedVectors, double[] savedScores) {
    if (savedVectors.length != vectors.length || savedScores.length != scores.length) {
      throw new IllegalArgumentException(
          "memory bank: needs vectors ["
              + (classes + "," + slots + "," + width + "] and scores [" + classes + "," + slots)
              + "]: "
              + (savedVectors.length + " and " + savedScores.length + " values"));
    }
    System.arraycopy(savedVectors, 0, vectors, 0, vectors.length);
    System.arraycopy(savedScores, 0, scores, 0, scores.length);
  }
}
