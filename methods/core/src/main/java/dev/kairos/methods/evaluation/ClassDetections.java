// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The annotated instances of one class, and its detections in the order in which they came.
 *
 * @param <P> a stretch of time, in the unit of the evaluation
 */
final class ClassDetections<P> {
  private final Map<String, List<P>> truth = new HashMap<>();
  private final List<String> recordings = new ArrayList<>();
  private final List<P> places = new ArrayList<>();
  private final DoubleArrayList scores = new DoubleArrayList();
  private int instances;

  void instance(String recording, P place) {
    truth.computeIfAbsent(recording, id -> new ArrayList<>()).add(place);
    instances++;
  }

  /** A detection, with a score that can be ranked. */
  void detection(String recording, P place, double score) {
    recordings.add(recording);
    places.add(place);
    scores.add(score);
  }

  /** The instances of each recording that has some, in the order of the annotation. */
  Map<String, List<P>> truth() {
    return truth;
  }

  /** How many instances there are; positive. */
  int instances() {
    return instances;
  }

  /** How many detections there are. */
  int size() {
    return places.size();
  }

  /** The recording of a detection. */
  String recording(int detection) {
    return recordings.get(detection);
  }

  /** Where a detection is. */
  P place(int detection) {
    return places.get(detection);
  }

  /** The scores of all detections. */
  double[] scores() {
    return scores.toDoubleArray();
  }
}
