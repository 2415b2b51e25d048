// SPDX-License-Identifier: Apache-2.0
/**
 * The way from data to detections, scores and a report, as the command and any other program goes
 * it. Prints nothing; writes only into the run folder it is given.
 *
 * <ul>
 *   <li>{@code KFMT-305}: weights of another place that do not fit the model
 *   <li>{@code KFMT-306}: no weights of a stream to export
 * </ul>
 */
package dev.kairos.methods.pipeline;
