// SPDX-License-Identifier: Apache-2.0
/**
 * The way from data to detections, scores and a report, as the command and any other program goes
 * it. Prints nothing; writes only into the run folder it is given.
 */
package dev.kairos.methods.pipeline;
