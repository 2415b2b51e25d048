// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Whole recordings with their features in memory, joined in one sequence. */
final class ApnBatch {
  private final int[] recordings;
  private final float[] values; // [rows,D], zeros between recordings
  private final JoinedRecordings joined;
  private final int width;
  private final long step;
  private final RandomKey key;

  private ApnBatch(
      int[] recordings,
      float[] values,
      JoinedRecordings joined,
      int width,
      long step,
      RandomKey key) {
    this.recordings = recordings;
    this.values = values;
    this.joined = joined;
    this.width = width;
    this.step = step;
    this.key = key;
  }

  /**
   * Reads some recordings.
   *
   * @param gap rows between two
   * @param step of the training
   * @param key draws among their proposals
   */
  static ApnBatch read(TrainingData data, int[] recordings, int gap, long step, RandomKey key) {
    JoinedRecordings joined =
        new JoinedRecordings(IntStream.of(recordings).map(data::length).toArray(), gap);
    int width = data.width();
    float[] values = new float[Math.multiplyExact(joined.rows(), width)];
    for (int i = 0; i < recordings.length; i++) {
      int[] all = IntStream.range(0, joined.length(i)).toArray();
      data.copyRows(recordings[i], all, values, joined.start(i) * width);
    }
    return new ApnBatch(recordings, values, joined, width, step, key);
  }

  /** Number of recordings. */
  int size() {
    return recordings.length;
  }

  /** Which recording stands at a place. */
  int recording(int place) {
    return recordings[place];
  }

  /** The step of the training. */
  long step() {
    return step;
  }

  /** Draws among the proposals. */
  RandomKey key() {
    return key;
  }

  /**
   * How the recordings lie.
   *
   * @param length snippets of each, 0 for its own
   */
  JoinedRecordings joined(int length) {
    return length == 0
        ? joined
        : new JoinedRecordings(IntStream.of(recordings).map(v -> length).toArray(), joined.gap());
  }

  /**
   * The features {@code [1,rows,D]}.
   *
   * @param length as in {@link #joined(int)}
   */
  Tensor features(Engine engine, int length) {
    Tensor all = engine.tensor(values, 1, joined.rows(), width);
    if (length == 0) {
      return all;
    }
    Tensor between = engine.zeros(Shape.of(1, joined.gap(), width));
    List<Tensor> parts = new ArrayList<>();
    for (int i = 0; i < recordings.length; i++) {
      if (i > 0) {
        parts.add(between);
      }
      parts.add(all.narrow(1, joined.start(i), joined.length(i)).resample(1, length));
    }
    return parts.get(0).concat(1, parts.subList(1, parts.size()));
  }
}
