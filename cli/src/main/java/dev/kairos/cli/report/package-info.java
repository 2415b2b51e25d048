// SPDX-License-Identifier: Apache-2.0
/**
 * The page a person looks at. {@link dev.kairos.methods.report.ReportData} holds plain values;
 * {@link dev.kairos.cli.report.ReportPage} makes one HTML file of them that opens without a
 * network. Depends on no command.
 */
package dev.kairos.cli.report;
