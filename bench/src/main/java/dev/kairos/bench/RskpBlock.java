// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import dev.kairos.nn.FileLayout;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.Pass;
import dev.kairos.nn.init.Initializer;
import dev.kairos.nn.layer.Linear;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.TensorOps;

/**
 * The block of RSKP ("Weakly Supervised Temporal Action Localization via Representative Snippet
 * Knowledge Propagation", CVPR 2022): an embedding, two rounds of expectation and maximisation for
 * K representative snippets, and a random walk that carries them to every snippet. Without dropout.
 */
final class RskpBlock {
  private static final double WALK = 0.5;
  private static final double SHARPNESS = 5;
  private static final double EPSILON = 1e-9;
  private static final int ROUNDS = 2;

  private final Linear embed;
  private final Parameter representatives;
  private final Tensor identity;

  /**
   * A block.
   *
   * @param width D
   * @param count K
   */
  RskpBlock(Parameters parameters, int width, int count) {
    this.embed = new Linear(parameters.at("embed"), width, width, true);
    this.representatives =
        parameters.create(
            "mu",
            Shape.of(count, width),
            Initializer.uniform(Math.sqrt(6.0 / (count + width))),
            FileLayout.SAME);
    this.identity = identity(parameters.engine(), count);
  }

  private static Tensor identity(Engine engine, int size) {
    float[] values = new float[size * size];
    for (int i = 0; i < size; i++) {
      values[i * size + i] = 1;
    }
    return engine.tensor(values, size, size);
  }

  /**
   * Computes the block. Snippets stay rows throughout: a transposed operand of that size is slow.
   *
   * @param features {@code [T,D]}
   * @return {@code [T,D]}
   */
  <T extends TensorOps<T>> T forward(Pass<T> pass, T features) {
    T x = embed.forward(pass, features).relu(); // [T,D]
    T directions = x.l2Normalize(EPSILON); // [T,D]
    T mu = pass.of(representatives); // [K,D]
    for (int i = 0; i < ROUNDS; i++) {
      mu = shares(assignment(mu, directions)).transpose(0, 1).matmul(x);
    }
    T z = assignment(mu, directions);
    return walk(x, z, shares(z), mu);
  }

  /** Z': how much each snippet belongs to each representative, {@code [T,K]}, rows sum to 1. */
  private static <T extends TensorOps<T>> T assignment(T mu, T directions) {
    T centres = mu.l2Normalize(EPSILON).transpose(0, 1); // [D,K]
    return directions.matmul(centres).multiply(SHARPNESS).softmax();
  }

  /** N': the assignment with columns that sum to 1. */
  private static <T extends TensorOps<T>> T shares(T z) {
    return z.divide(z.sum(true, 0).add(EPSILON));
  }

  /**
   * {@code (1-w) (I - w^2 Z'N)^-1 Y} with {@code Y = w Z' mu + x}, through the K by K system of the
   * identity of Woodbury: {@code Y' + w^2 Z' (I - w^2 N Z')^-1 N Y'} with {@code Y' = (1-w) Y}. All
   * factors but one go to matrices of K rows or columns, which are small.
   *
   * @param z Z', {@code [T,K]}
   * @param n N', {@code [T,K]}
   */
  private <T extends TensorOps<T>> T walk(T x, T z, T n, T mu) {
    T y = z.multiply(WALK * (1 - WALK)).matmul(mu, x.multiply(1 - WALK)); // [T,D]
    T gather = n.transpose(0, 1); // [K,T]
    T back = z.multiply(WALK * WALK); // [T,K]
    int k = z.shape().size(1);
    T small = z.constant(identity).subtract(gather.matmul(back)); // [K,K]
    T right = gather.matmul(y).reshape(1, k, -1);
    T inner = small.reshape(1, k, k).solve(right).reshape(k, -1); // [K,D]
    return back.matmul(inner, y);
  }
}
