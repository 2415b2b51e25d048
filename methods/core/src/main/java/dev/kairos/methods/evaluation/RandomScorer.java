// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import dev.kairos.kernels.Philox;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Random detections, which look at nothing but a recording's length: the chance level that any
 * method has to beat.
 */
public final class RandomScorer {
  private static final int DETECTIONS = 40;
  private static final double SHORTEST_SHARE = 0.01;
  private static final double LONGEST_SHARE = 0.5;

  private RandomScorer() {}

  /**
   * Segments of any class, place and length (log-uniform, 1 % to 50 % of the recording) with scores
   * in [0, 1).
   *
   * @param duration of the recording in seconds, positive
   * @param classes what to choose labels from
   * @param key of this recording
   */
  public static List<Detection> detections(double duration, List<String> classes, RandomKey key) {
    if (!(duration > 0 && Double.isFinite(duration))) {
      throw new IllegalArgumentException("random scorer: duration must be positive: " + duration);
    }
    RandomGenerator random = Philox.generator(key);
    List<Detection> detections = new ArrayList<>();
    for (int i = 0; i < DETECTIONS; i++) {
      String label = classes.get(random.nextInt(classes.size()));
      double share =
          SHORTEST_SHARE * StrictMath.pow(LONGEST_SHARE / SHORTEST_SHARE, random.nextDouble());
      double length = share * duration;
      double start = random.nextDouble() * (duration - length);
      detections.add(new Detection(label, new Segment(start, start + length), random.nextDouble()));
    }
    return detections;
  }
}
