// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pipeline;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.FeatureStream;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Segment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A small data set in memory: one stream rises in some stretches, or another one does. */
final class Waves {
  static final String[] QUICK = {"steps=12", "segments=16", "batch=4", "hidden=8", "seed=5"};
  static final DatasetDescription ABOUT =
      new DatasetDescription(
          "waves",
          List.of(new FeatureStream("left", 3), new FeatureStream("right", 2)),
          1,
          1,
          List.of("rise", "fall"),
          "",
          "");

  private Waves() {}

  static Dataset dataset(String... subsets) {
    Map<Recording, FeatureSequence> features = new LinkedHashMap<>();
    Random random = new Random(4);
    for (String subset : subsets) {
      for (int i = 0; i < 6; i++) {
        int length = 20 + random.nextInt(9);
        int label = random.nextInt(2);
        int from = random.nextInt(length / 2);
        ActionInstance action =
            new ActionInstance(ABOUT.classes().get(label), new Segment(from, from + 6));
        features.put(
            new Recording(subset + i, subset, length, List.of(action), List.of()),
            FeatureSequence.of(
                left(random, length, label == 0 ? from : -9), right(random, length)));
      }
    }
    return Dataset.of(ABOUT, features);
  }

  private static float[][] left(Random random, int length, int from) {
    float[][] rows = new float[length][3];
    for (int t = 0; t < length; t++) {
      for (int d = 0; d < 3; d++) {
        rows[t][d] = random.nextFloat() + (t >= from && t < from + 6 ? 2 : 0);
      }
    }
    return rows;
  }

  static float[][] right(Random random, int length) {
    float[][] rows = new float[length][2];
    for (float[] row : rows) {
      row[0] = random.nextFloat();
      row[1] = random.nextFloat();
    }
    return rows;
  }
}
