// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import java.io.IOException;

/**
 * Supplies the features of recordings to a data set that is no folder, when they are asked for. May
 * be asked by several threads at once, and for the same recording again.
 */
public interface RecordingSource {
  /** The number of snippets T of a recording, at least 1; asked of each recording first. */
  int length(Recording recording) throws IOException;

  /** The features of a recording, all streams side by side, {@code [T, sum of D]}. */
  FeatureSequence features(Recording recording) throws IOException;
}
