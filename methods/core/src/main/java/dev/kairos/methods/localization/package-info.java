// SPDX-License-Identifier: Apache-2.0
/**
 * Localisation of one recording: a {@link dev.kairos.methods.localization.Localizer} turns features
 * into a {@link dev.kairos.methods.tal.Prediction} and that into detections. Knows data and
 * proposals; no training.
 */
package dev.kairos.methods.localization;
