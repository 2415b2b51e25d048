// SPDX-License-Identifier: Apache-2.0
/**
 * Files in MPS and LP format, in and out. Depends on the data only. Begin reading at {@link
 * dev.kairos.lp.io.Mps} and {@link dev.kairos.lp.io.LpFormat}, which state the rules.
 */
package dev.kairos.lp.io;
