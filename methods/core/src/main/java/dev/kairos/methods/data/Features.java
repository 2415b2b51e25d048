// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Where the features of a data set are: in files, or in memory. */
interface Features {
  /** The number of snippets T of a recording. */
  int length(Recording recording) throws IOException;

  /** All streams side by side, {@code [T, sum of D]}. */
  FeatureSequence all(Recording recording) throws IOException;

  /** One stream, {@code [T, D]}, as long as all together. */
  FeatureSequence one(Recording recording, FeatureStream stream) throws IOException;

  /** Copies the rows of some snippets, all streams side by side, one after the other. */
  void copyRows(Recording recording, int[] snippets, float[] to, int at) throws IOException;

  /** What the features come from, for messages. */
  String place();

  /** What holds the annotations, for messages. */
  Path annotations();

  /** SHA-256 sums that tell whether these are the same data, by name. */
  Map<String, String> fingerprints() throws IOException;

  /** About how many bytes there are to read of a recording; 0 where its files are missing. */
  long bytes(Recording recording) throws IOException;
}
