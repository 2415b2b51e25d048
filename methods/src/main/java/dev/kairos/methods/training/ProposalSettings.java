// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.methods.proposal.ProposalOptions;

/** The settings of the way from CAS to detections, which methods share. */
public final class ProposalSettings {
  private ProposalSettings() {}

  /**
   * Reads the keys, with a published procedure as default.
   *
   * @param thresholds the key of the scores at which runs are cut out, for a method with several
   */
  public static ProposalOptions read(
      Settings settings, String thresholds, ProposalOptions published) {
    return published
        .withClassThreshold(
            settings.number("classThreshold", published.classThreshold(), 0, 1),
            settings.flag("bestClassIfNone", published.bestIfNone()))
        .withUpsampling((int) settings.integer("upsampling", published.upsampling(), 1, 1000))
        .withThresholds(settings.numbers(thresholds, published.thresholds()))
        .withScoring(
            settings.number("outerMargin", published.margin(), 0, 10),
            settings.number("classWeight", published.gamma(), 0, 100))
        .withNms(
            settings.number("nmsThreshold", published.nmsThreshold(), 0.001, 10),
            settings.flag("nmsPlusOne", published.nmsPlusOne()));
  }
}
