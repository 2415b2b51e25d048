// SPDX-License-Identifier: Apache-2.0
/**
 * Reverse-mode differentiation. A {@link dev.kairos.autograd.Tape} notes every operation applied to
 * its {@link dev.kairos.autograd.Variable}s and walks back over them; what the derivative of an
 * operation is, the operation itself knows. No element loops and no layers here.
 */
package dev.kairos.autograd;
