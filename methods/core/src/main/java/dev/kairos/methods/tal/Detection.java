// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.tal;

/**
 * A detected action of one recording.
 *
 * @param label class name
 * @param segment where, in seconds
 * @param score confidence, higher is better
 */
public record Detection(String label, Segment segment, double score) {}
