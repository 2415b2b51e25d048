// SPDX-License-Identifier: Apache-2.0
package examples;

import dev.kairos.Action;
import dev.kairos.Localizer;
import dev.kairos.MemoryRecordings;
import dev.kairos.Recording;
import dev.kairos.Recordings;
import dev.kairos.Trained;
import dev.kairos.Trainer;
import java.io.IOException;
import java.util.Random;

/** Trains on recordings that a program holds, without a file, and finds actions in a new one. */
public class TrainFromMemory {
  /** A minute of four signals, a row a second; from {@code start} on for ten seconds: an action. */
  static float[][] signals(Random random, String label, int start) {
    float[][] rows = new float[60][4];
    for (int t = 0; t < rows.length; t++) {
      boolean inside = t >= start && t < start + 10;
      float level = !inside ? 0 : label.equals("low") ? -2 : 2;
      for (int d = 0; d < 4; d++) {
        rows[t][d] = level + (float) random.nextGaussian();
      }
    }
    return rows;
  }

  /** Thirty recordings to learn from, which only know what occurs, and ten to score on. */
  static Recordings recordings() {
    MemoryRecordings recordings = new MemoryRecordings("signals", 1);
    Random random = new Random(1);
    for (int i = 0; i < 40; i++) {
      String label = i % 2 == 0 ? "low" : "high";
      int start = random.nextInt(50);
      Recording recording = Recording.of("r" + i).duration(60);
      recordings.add(
          i < 30
              ? recording.labels(label)
              : recording.actions(new Action(label, start, start + 10)).forTest(),
          signals(random, label, start));
    }
    return recordings;
  }

  static Trained train() throws IOException {
    return Trainer.of("plain").set("steps", 200).seed(1).train(recordings());
  }

  public static void main(String[] arguments) throws IOException {
    Trained trained = train();
    System.out.println("learned: " + (trained.score().orElseThrow() > 0.3));
    try (Localizer localizer = trained.localizer()) {
      float[][] rows = signals(new Random(2), "high", 25);
      localizer.localize(rows).best(1).forEach(found -> System.out.println(found.label()));
    }
  }
}
