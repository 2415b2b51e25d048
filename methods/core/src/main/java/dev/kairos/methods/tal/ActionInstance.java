// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.tal;

/**
 * An annotated action of one recording.
 *
 * @param label class name
 * @param segment where, in seconds
 */
public record ActionInstance(String label, Segment segment) {}
