// SPDX-License-Identifier: Apache-2.0
/**
 * What surrounds a training run: its {@link dev.kairos.methods.training.Settings}, the {@link
 * dev.kairos.methods.training.Provenance} of its results, the files people watch it by ({@link
 * dev.kairos.methods.training.MetricsLog}, {@link dev.kairos.methods.training.TensorBoardWriter})
 * and the {@link dev.kairos.methods.training.Progress} it reports. Knows no method and no terminal.
 */
package dev.kairos.methods.training;
