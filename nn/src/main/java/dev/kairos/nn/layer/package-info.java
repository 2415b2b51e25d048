// SPDX-License-Identifier: Apache-2.0
/** Layers: a few parameters and one forward each, written once for both kinds of pass. */
package dev.kairos.nn.layer;
