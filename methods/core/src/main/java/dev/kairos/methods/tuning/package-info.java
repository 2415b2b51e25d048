// SPDX-License-Identifier: Apache-2.0
/**
 * Searches over settings on recordings that are held out: {@link dev.kairos.methods.tuning.Tuning}.
 */
package dev.kairos.methods.tuning;
