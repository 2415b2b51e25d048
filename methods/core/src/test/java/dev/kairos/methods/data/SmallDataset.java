// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Segment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A data folder of three recordings, written anew for each test that damages it. */
final class SmallDataset {
  static final DatasetDescription DESCRIPTION =
      new DatasetDescription(
          "small",
          List.of(new FeatureStream("rgb", 3), new FeatureStream("flow", 2)),
          25,
          16,
          List.of("Jump", "Run", "Throw"),
          "",
          "");

  static final List<Recording> RECORDINGS =
      List.of(
          new Recording(
              "a",
              "train",
              3.2,
              List.of(instance("Run", 0.5, 1), instance("Jump", 1.5, 2), instance("Run", 2, 3)),
              List.of(new PointLabel("Run", 0.75), new PointLabel("Jump", 1.6))),
          new Recording("b", "train", 2.56, List.of(instance("Throw", 0, 1)), List.of()),
          new Recording("c", "test", Double.NaN, List.of(instance("Jump", 0, 1)), List.of()));

  private SmallDataset() {}

  static ActionInstance instance(String label, double start, double end) {
    return new ActionInstance(label, new Segment(start, end));
  }

  /** Writes the folder; recordings have 5, 4 and 3 snippets. */
  static Path write(Path parent) throws IOException {
    Path folder = parent.resolve("small");
    DatasetWriter.write(folder, DESCRIPTION, RECORDINGS, SmallDataset::features);
    return folder;
  }

  static FeatureSequence features(Recording recording, FeatureStream stream) {
    return ramp(5 - RECORDINGS.indexOf(recording), stream.width());
  }

  /** {@code [length, width]} with the values 0, 1, 2, ... */
  static FeatureSequence ramp(int length, int width) {
    float[] values = new float[length * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return FeatureSequence.of(length, width, values);
  }
}
