// SPDX-License-Identifier: Apache-2.0
/** Parameters, layers, initialisers, losses, optimisers and checkpoints. */
@org.jspecify.annotations.NullMarked
module dev.kairos.nn {
  requires static org.jspecify;
  requires transitive dev.kairos.autograd;

  exports dev.kairos.nn;
  exports dev.kairos.nn.init;
  exports dev.kairos.nn.layer;
  exports dev.kairos.nn.loss;
  exports dev.kairos.nn.optim;
}
