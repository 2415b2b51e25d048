// SPDX-License-Identifier: Apache-2.0
/** Numbers in flat buffers: the backend interface, the reference backend and the cpu backend. */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // the simd room is built after this one
module dev.kairos.kernels {
  requires static org.jspecify;

  exports dev.kairos.kernels;
  exports dev.kairos.kernels.host;
  exports dev.kairos.kernels.cpu to
      dev.kairos.kernels.simd;

  uses dev.kairos.kernels.BackendProvider;

  provides dev.kairos.kernels.BackendProvider with
      dev.kairos.kernels.reference.ReferenceProvider,
      dev.kairos.kernels.cpu.ScalarProvider;
}
