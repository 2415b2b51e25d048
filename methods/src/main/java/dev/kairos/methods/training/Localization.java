// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.methods.tal.Cas;
import dev.kairos.methods.tal.Detection;
import java.util.Arrays;
import java.util.List;

/** What a model found in one recording, with what lay between. */
public final class Localization {
  private final List<Detection> detections;
  private final Cas cas;
  private final double[] videoScores;

  /**
   * A result.
   *
   * @param detections by class and descending score
   * @param cas what the proposals were cut from, {@code [S, C]} or {@code [S, C+1]}
   * @param videoScores score of each class for the whole recording, {@code [C]}
   */
  public Localization(List<Detection> detections, Cas cas, double[] videoScores) {
    this.detections = List.copyOf(detections);
    this.cas = cas;
    this.videoScores = videoScores.clone();
  }

  /** By class and descending score. */
  public List<Detection> detections() {
    return detections;
  }

  /** What the proposals were cut from. */
  public Cas cas() {
    return cas;
  }

  /** Score of each class for the whole recording. */
  public double[] videoScores() {
    return videoScores.clone();
  }

  @Override
  public String toString() {
    return detections.size() + " detections, video scores " + Arrays.toString(videoScores);
  }
}
