// SPDX-License-Identifier: Apache-2.0
/**
 * The SBHAR recordings of accelerometer and gyroscope as a data folder: {@link
 * dev.kairos.methods.sbhar.SbharConverter}.
 */
package dev.kairos.methods.sbhar;
