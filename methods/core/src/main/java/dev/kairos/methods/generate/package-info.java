// SPDX-License-Identifier: Apache-2.0
/**
 * Data sets that are made up, for the demonstration and for tests: {@link
 * dev.kairos.methods.generate.ThumosLikeGenerator}.
 */
package dev.kairos.methods.generate;
