// SPDX-License-Identifier: Apache-2.0
/** Losses as compositions of tensor operations. */
package dev.kairos.nn.loss;
