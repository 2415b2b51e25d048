// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import java.io.IOException;

/** Supplies the features of a data folder that is being written. */
@FunctionalInterface
public interface FeatureSource {
  /** The features {@code [T, D]} of one recording in one stream, D as the stream says. */
  FeatureSequence features(Recording recording, FeatureStream stream) throws IOException;
}
