// SPDX-License-Identifier: Apache-2.0
/**
 * The words of temporal action localisation as values: {@link dev.kairos.methods.tal.SnippetGrid}
 * (the only place where snippets become seconds), {@link dev.kairos.methods.tal.Segment} in
 * seconds, {@link dev.kairos.methods.tal.Interval} in snippets, candidates and detections.
 */
package dev.kairos.methods.tal;
