// SPDX-License-Identifier: Apache-2.0
/** The loops of the cpu backend on the Vector API; found by service, imported by nobody. */
@org.jspecify.annotations.NullMarked
module dev.kairos.kernels.simd {
  requires static org.jspecify;
  requires dev.kairos.kernels;
  requires jdk.incubator.vector;

  provides dev.kairos.kernels.BackendProvider with
      dev.kairos.kernels.simd.SimdProvider;
}
