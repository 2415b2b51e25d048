// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.text;

/**
 * A vector of length 1 for each class, and where it comes from. They do not change in training: a
 * network keeps them with its weights, so that whoever localises needs no text tower.
 */
public final class ClassVectors {
  private final String source;
  private final String fingerprint;
  private final int size;
  private final double[] values;

  /**
   * Vectors that were computed, or kept in a file.
   *
   * @param source what made them, in words for a report
   * @param fingerprint a hash of all that they follow from
   * @param size C, at least 1
   * @param values {@code [C, E]} in row order
   */
  public ClassVectors(String source, String fingerprint, int size, double[] values) {
    if (size < 1 || values.length == 0 || values.length % size != 0) {
      throw new IllegalArgumentException(
          "class vectors: " + values.length + " numbers for " + size + " classes");
    }
    this.source = source;
    this.fingerprint = fingerprint;
    this.size = size;
    this.values = values.clone();
  }

  /** What made them: {@code hashed words}, or {@code CLIP} and the name of a file. */
  public String source() {
    return source;
  }

  /** SHA-256 of the weights, the prompts and the words of the classes, in hexadecimal. */
  public String fingerprint() {
    return fingerprint;
  }

  /** C, the number of classes. */
  public int size() {
    return size;
  }

  /** E, the size of a vector. */
  public int width() {
    return values.length / size;
  }

  /** All vectors in row order, {@code [C, E]}, copied. */
  public double[] toDoubles() {
    return values.clone();
  }
}
