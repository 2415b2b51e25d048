// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.localization;

import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.NonFiniteScoresException;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.methods.tal.SnippetGrid;
import java.util.List;

/**
 * A trained model that localises actions: first it predicts, then detections are made of the
 * prediction.
 */
public interface Localizer {
  /**
   * What the networks say about one recording. Opens no scope around the result.
   *
   * @param features all streams joined, {@code [T, D]}
   * @throws NonFiniteScoresException if extreme features or weights overflow
   */
  Prediction predict(FeatureSequence features);

  /**
   * The detections of a prediction, by class and descending score. No network is asked.
   *
   * @param grid how the recording's T snippets lie in time
   */
  List<Detection> detections(Prediction prediction, SnippetGrid grid);

  /** Both in turn. */
  default Localization localize(FeatureSequence features, SnippetGrid grid) {
    Prediction prediction = predict(features);
    return new Localization(prediction, detections(prediction, grid));
  }
}
