// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.host;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.proposal.Suppression;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.methods.tal.Proposal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the instances of a recording that labels of its snippets are made of. {@link #predict} asks
 * the networks and belongs to the thread of their engine; the rest is for any thread.
 */
public interface InstanceSource {
  /**
   * The snippets of a recording on which instances lie, ascending: all of them, or S that are
   * sampled uniformly.
   *
   * @param length snippets of the recording, T
   */
  int[] snippets(int length);

  /**
   * What the networks say about a recording.
   *
   * @param features all streams joined, {@code [T,D]}
   * @param dropout key of its masks; null for no dropout
   */
  Prediction predict(FeatureSequence features, @Nullable RandomKey dropout);

  /**
   * The candidates of all channels that pass, after suppression or fusion.
   *
   * @param prediction of {@link #predict}
   * @param fusion what is made of overlapping candidates, instead of the host's own suppression
   * @return boundaries are positions among {@link #snippets}, ends may lie one behind the last; the
   *     score is the contrast of inside and outside alone, without what the score of the recording
   *     adds to detections
   */
  List<Proposal> instances(Prediction prediction, Suppression fusion);
}
