// SPDX-License-Identifier: Apache-2.0
/**
 * Dense matrices of EJML, in and out of tensors, for programs that have both. Needs {@code
 * ejml-core} on the class path, or on the module path as {@code ejml.core}; nothing else of this
 * module does, and nothing else knows this package. {@code SimpleMatrix} itself is for the class
 * path: EJML's other jars share packages, which modules must not.
 */
package dev.kairos.tensor.ejml;
