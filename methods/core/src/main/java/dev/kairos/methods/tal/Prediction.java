// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.tal;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The output of a model for one recording, before detections are made: a score of each class for
 * the whole recording, named curves over time, and proposals that the model gives by itself.
 *
 * <p>Immutable.
 */
public final class Prediction {
  /** The name of the class activation sequence, the curve that reports show. */
  public static final String CAS = "cas";

  private final double[] videoScores;
  private final Map<String, Cas> curves;
  private final List<Proposal> proposals;

  /**
   * A prediction, copied.
   *
   * @param videoScores score of each class for the whole recording, {@code [C]} or longer
   * @param curves by name, each {@code [S,K]}; their lengths S may differ
   * @param proposals candidates that were not cut from a curve, in snippets of the recording
   */
  public Prediction(double[] videoScores, Map<String, Cas> curves, List<Proposal> proposals) {
    this.videoScores = videoScores.clone();
    this.curves = Collections.unmodifiableMap(new LinkedHashMap<>(curves));
    this.proposals = List.copyOf(proposals);
  }

  /** A prediction of one curve, {@link #CAS}. */
  public static Prediction of(double[] videoScores, Cas cas) {
    return new Prediction(videoScores, Map.of(CAS, cas), List.of());
  }

  /** Score of each class for the whole recording, a copy. */
  public double[] videoScores() {
    return videoScores.clone();
  }

  /** All curves by name, in the order given. */
  public Map<String, Cas> curves() {
    return curves;
  }

  /** The class activation sequence {@code [S,C]} or {@code [S,C+1]}, where the model has one. */
  public Optional<Cas> cas() {
    return Optional.ofNullable(curves.get(CAS));
  }

  /**
   * A curve.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public Cas curve(String name) {
    Cas curve = curves.get(name);
    if (curve == null) {
      throw new IllegalArgumentException(
          "prediction: no curve " + name + " among " + curves.keySet());
    }
    return curve;
  }

  /** Candidates that were not cut from a curve. */
  public List<Proposal> proposals() {
    return proposals;
  }

  @Override
  public String toString() {
    return "Prediction of scores "
        + Arrays.toString(videoScores)
        + ", curves "
        + curves
        + (", " + proposals.size() + " proposals");
  }
}
