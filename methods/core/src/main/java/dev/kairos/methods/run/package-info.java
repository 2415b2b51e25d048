// SPDX-License-Identifier: Apache-2.0
/**
 * A training run on disk. Begin with {@link dev.kairos.methods.run.RunFolder}; {@link
 * dev.kairos.methods.run.StageFolder} is what one of its stages leaves, {@link
 * dev.kairos.methods.run.RunLock} the right to write there, {@link
 * dev.kairos.methods.run.Provenance} where the results come from, and {@link
 * dev.kairos.methods.run.MetricsLog} and {@link dev.kairos.methods.run.TensorBoardWriter} the files
 * people watch it by. Knows neither how a model is trained nor any method.
 */
package dev.kairos.methods.run;
