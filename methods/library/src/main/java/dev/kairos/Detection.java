// SPDX-License-Identifier: Apache-2.0
package dev.kairos;

/**
 * An action that was found.
 *
 * @param label the name of its class
 * @param start first second
 * @param end end in seconds, not before the start
 * @param score how sure the model is; higher is surer, comparable within one run
 * @since 0.1.0
 */
public record Detection(String label, double start, double end, double score) {
  static Detection of(dev.kairos.methods.tal.Detection found) {
    return new Detection(
        found.label(), found.segment().start(), found.segment().end(), found.score());
  }
}
