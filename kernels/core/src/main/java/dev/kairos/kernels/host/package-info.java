// SPDX-License-Identifier: Apache-2.0
/**
 * What backends on the host share: buffers in plain arrays, and {@link
 * dev.kairos.kernels.host.MergedAxes}, the loop nest of views. Knows no backend.
 */
package dev.kairos.kernels.host;
