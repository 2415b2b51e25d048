// SPDX-License-Identifier: Apache-2.0
/** Reverse-mode differentiation: the tape, variables and the gradient check. */
@org.jspecify.annotations.NullMarked
module dev.kairos.autograd {
  requires static org.jspecify;
  requires transitive dev.kairos.tensor;

  exports dev.kairos.autograd;
  exports dev.kairos.autograd.check;
}
