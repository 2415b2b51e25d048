// SPDX-License-Identifier: Apache-2.0
/**
 * From points to pseudo actions and background, by clusters that must be stretches of time, and
 * what is made of them for training and reports. Plain arithmetic on values of features; nothing
 * here is recorded for gradients. Begin at {@link
 * dev.kairos.methods.apn.medoids.ConstrainedMedoids}.
 */
package dev.kairos.methods.apn.medoids;
