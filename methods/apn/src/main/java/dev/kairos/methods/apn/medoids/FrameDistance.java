// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.medoids;

/** How far two snippets are apart in feature space. */
public enum FrameDistance {
  /**
   * {@code 1 - <u, v> / (|u| |v|)}, lengths at least 1e-12: a row of zeros has distance 1 to every
   * row, itself included. Does not depend on how large features are.
   */
  COSINE,
  /** The squared length of the difference, {@code |u - v|^2}. */
  SQEUCLIDEAN,
  /**
   * The length of the difference, {@code |u - v|}. Finding a medoid takes time quadratic in the
   * length of its cluster, while it is linear for the others.
   */
  EUCLIDEAN;

  /**
   * This distance between rows of one recording.
   *
   * @throws IllegalArgumentException if a row is not finite
   */
  DistanceMeasure on(FeatureRows rows) {
    return switch (this) {
      case COSINE -> new DistanceMeasure.Cosine(rows);
      case SQEUCLIDEAN -> new DistanceMeasure.SquaredEuclidean(rows);
      case EUCLIDEAN -> new DistanceMeasure.Euclidean(rows);
    };
  }
}
