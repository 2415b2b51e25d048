// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.localization;

import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Prediction;
import java.util.List;

/**
 * The result of localising one recording.
 *
 * @param prediction what the networks said
 * @param detections by class and descending score
 */
public record Localization(Prediction prediction, List<Detection> detections) {
  /** Copies the list. */
  public Localization {
    detections = List.copyOf(detections);
  }
}
