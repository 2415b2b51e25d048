// SPDX-License-Identifier: Apache-2.0
/**
 * What backends on the host share: {@link dev.kairos.kernels.host.MergedAxes}, the loop nest of
 * views. Knows views and buffers, and no backend.
 */
package dev.kairos.kernels.host;
