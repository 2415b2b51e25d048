// SPDX-License-Identifier: Apache-2.0
/**
 * What networks are made of. {@link dev.kairos.nn.Parameters} names and holds the weights, {@link
 * dev.kairos.nn.Pass} is one run through a network, with or without gradients, and {@link
 * dev.kairos.nn.Checkpoint} turns weights into the arrays of a file and back. Knows no video.
 */
package dev.kairos.nn;
