// SPDX-License-Identifier: Apache-2.0
/**
 * MPS files, in and out. Depends on the model only. Begin reading at {@link dev.kairos.lp.io.Mps},
 * which states the rules.
 */
package dev.kairos.lp.io;
