// SPDX-License-Identifier: Apache-2.0
package dev.kairos;

import java.util.Arrays;
import java.util.Random;

/** Recordings of a minute in which the signal is lower or higher than usual for ten seconds. */
final class Steps {
  /** Settings of {@code plain} that train in a moment. */
  static final int QUICK_STEPS = 60;

  private Steps() {}

  /** Three quarters to learn from, the rest to score on. */
  static MemoryRecordings of(int count) {
    MemoryRecordings all = new MemoryRecordings("steps", 1).classes("low", "high");
    Random random = new Random(1);
    for (int i = 0; i < count; i++) {
      String label = i % 2 == 0 ? "low" : "high";
      int start = random.nextInt(50);
      Recording recording =
          Recording.of("r" + i).duration(60).actions(new Action(label, start, start + 10));
      all.add(i % 4 == 3 ? recording.forTest() : recording, features(random, label, start));
    }
    return all;
  }

  /** A row a second. */
  static float[][] features(Random random, String label, int start) {
    float[][] rows = new float[60][4];
    for (int t = 0; t < 60; t++) {
      float action = t < start || t >= start + 10 ? 0 : label.equals("low") ? -2 : 2;
      Arrays.fill(rows[t], action);
      for (int d = 0; d < 4; d++) {
        rows[t][d] += (float) random.nextGaussian();
      }
    }
    return rows;
  }

  static Trainer trainer() {
    return Trainer.of("plain").set("steps", QUICK_STEPS).seed(3).threads(1);
  }
}
