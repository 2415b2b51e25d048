// SPDX-License-Identifier: Apache-2.0
/**
 * The page on which a person sets point labels, and the server on this machine that shows it: begin
 * with {@link dev.kairos.cli.label.LabelServer}. The page is {@code label.html}, {@code label.css},
 * {@code timeline.js} and {@code label.js} beside this package, in one.
 */
package dev.kairos.cli.label;
