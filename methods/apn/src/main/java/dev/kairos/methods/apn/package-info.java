// SPDX-License-Identifier: Apache-2.0
/**
 * Localisation by proposals, learned from one point per action: pseudo actions around the points
 * teach a network where actions begin and end, and another one which of the proposals made of that
 * are complete.
 *
 * <p>Source: Yin, Huang, Furuta, Sato, "Proposal-based Temporal Action Localization with
 * Point-level Supervision", BMVC 2023. No code was published; what the paper leaves open is decided
 * where it is used.
 */
package dev.kairos.methods.apn;
