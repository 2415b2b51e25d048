// SPDX-License-Identifier: Apache-2.0
/** Optimisers, learning-rate schedules and gradient clipping. */
package dev.kairos.nn.optim;
