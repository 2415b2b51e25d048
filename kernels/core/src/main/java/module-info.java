// SPDX-License-Identifier: Apache-2.0
/** Numbers in flat buffers: the backend interface, the reference backend and the cpu backend. */
@org.jspecify.annotations.NullMarked
module dev.kairos.kernels {
  requires static org.jspecify;

  exports dev.kairos.kernels;
}
