// SPDX-License-Identifier: Apache-2.0
/**
 * Localisation by proposals, learned from one point per action: pseudo actions around the points
 * teach a network where actions begin and end, and another one which of the proposals made of that
 * are complete.
 *
 * <ul>
 *   <li>{@code ApnConfig}: every number
 *   <li>{@code dev.kairos.methods.apn.medoids}: from points to pseudo actions (section 3.1)
 *   <li>{@code BoundaryNetwork}, {@code BoundaryLoss}: where actions begin and end (BDM)
 *   <li>{@code BoundaryProposals}: stretches from a start to an end (PGM)
 *   <li>{@code ProposalSamples}: their features, N of each (section 3.3)
 *   <li>{@code ProposalEncoder}, {@code Confidence}, {@code ProposalLosses}: their classes and how
 *       complete they are (PEM, equation 3); {@code dev.kairos.methods.apn.text}: names as vectors
 *   <li>{@code TrainingProposals}: which of them train
 *   <li>{@code ContrastiveLoss}: equations 1 and 2
 *   <li>{@code ApnLosses}, {@code ApnTask}: a step over joined recordings, renewal of pseudo
 *       actions
 *   <li>{@code ProposalScores}, {@code DetectionRule}, {@code ApnInference}: to detections
 *   <li>{@code PseudoActionLook}, {@code PseudoActionLog}: how pseudo actions change, for reports
 * </ul>
 *
 * <p>The network also has a classifier of single snippets, pseudo actions may follow its class
 * probabilities, and proposals without exactly one point may train: additions of ours, off unless
 * asked for ({@code lambda3}, {@code pseudo.rule}, {@code pem.proposals}).
 *
 * <p>Source: Yin, Huang, Furuta, Sato, "Proposal-based Temporal Action Localization with
 * Point-level Supervision", BMVC 2023. No code was published; what the paper leaves open is decided
 * where it is used.
 */
package dev.kairos.methods.apn;
