// SPDX-License-Identifier: Apache-2.0
// Asks the compiler how many single-precision numbers a vector of the processor holds, for drivers
// that cannot be asked.

kernel void lanes(global int *out) {
#if defined(__AVX512F__)
  *out = 16;
#elif defined(__AVX__)
  *out = 8;
#else
  *out = 4;
#endif
}
