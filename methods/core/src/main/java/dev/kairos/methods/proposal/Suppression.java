// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.proposal;

import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Proposal;
import java.util.List;

/** Suppression or fusion of overlapping candidates: class by class, best score first. */
public sealed interface Suppression permits NonMaximumSuppression, SoftNms, InstanceFusion {

  /** Whether lengths are to be counted in snippets; else in seconds. */
  default boolean countsSnippets() {
    return false;
  }

  /** What is left of detections in seconds, by descending score. */
  List<Detection> detections(List<Detection> candidates);

  /** What is left of proposals in snippets, by descending score. */
  List<Proposal> proposals(List<Proposal> candidates);
}
