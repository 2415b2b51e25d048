// SPDX-License-Identifier: Apache-2.0
/**
 * What a report shows, as plain values: {@link dev.kairos.methods.report.RunReport} gathers them
 * from run folders, data sets and detections. Knows nothing of pages.
 */
package dev.kairos.methods.report;
