// SPDX-License-Identifier: Apache-2.0
/**
 * From class activation sequences to detections: choose classes, up-sample, threshold, score the
 * runs by inner-outer contrast, suppress. Begin with {@link
 * dev.kairos.methods.proposal.ProposalGenerator}; the steps are usable one by one. {@link
 * dev.kairos.methods.proposal.ProposalOptions} tells the procedures of the methods apart. Knows
 * {@code dev.kairos.methods.tal} only.
 */
package dev.kairos.methods.proposal;
