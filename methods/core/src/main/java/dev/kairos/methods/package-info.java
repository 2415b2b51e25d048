// SPDX-License-Identifier: Apache-2.0
/**
 * The list of methods. {@link dev.kairos.methods.Methods} finds them all; each lives in a module of
 * its own that reads like its paper, and shares {@code data}, {@code proposal}, {@code evaluation},
 * {@code pseudolabel} and {@code training} with the others.
 */
package dev.kairos.methods;
