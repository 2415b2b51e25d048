// SPDX-License-Identifier: Apache-2.0
/**
 * Features in files that other programs write: HDF5, read by the library jhdf, and MATLAB, level 5
 * by code of our own and version 7.3 as the HDF5 that it is. Nobody imports this room; {@link
 * dev.kairos.methods.data.FeatureFormats} finds what it provides.
 *
 * <ul>
 *   <li>{@code KFMT-020}: not a HDF5 file, or one that cannot be read
 *   <li>{@code KFMT-021}: not a MATLAB file, or one that cannot be read
 *   <li>{@code KFMT-022}: an array that takes more memory than there is
 * </ul>
 */
package dev.kairos.methods.formats;
