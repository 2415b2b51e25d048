// SPDX-License-Identifier: Apache-2.0
/** Shapes, tensors, views, operations with their gradients, random numbers and tensor files. */
@org.jspecify.annotations.NullMarked
module dev.kairos.tensor {
  requires static org.jspecify;
  requires static ejml.core;
  requires transitive dev.kairos.kernels;
  requires com.fasterxml.jackson.core;

  exports dev.kairos.tensor;
  exports dev.kairos.tensor.ejml;
  exports dev.kairos.tensor.io;
  exports dev.kairos.tensor.pickle;
  exports dev.kairos.tensor.torch;
}
