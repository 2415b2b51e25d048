// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

/** How the loss averages over the selected snippets of a batch. */
enum SelectedMean {
  /** All selected snippets of the batch count alike. */
  BATCH,
  /** All recordings count alike, and within one its selected snippets; one without counts 0. */
  RECORDING
}
