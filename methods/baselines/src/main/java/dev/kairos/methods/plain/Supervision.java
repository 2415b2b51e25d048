// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.plain;

/** The kind of labels to learn from. */
enum Supervision {
  /** Which classes occur in a recording. */
  CLIP,
  /** One marked moment for each action. */
  POINTS,
  /** The annotated segments. */
  FULL
}
