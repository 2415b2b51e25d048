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
   * Computes the block.
   *
   * @param features {@code [T,D]}
   * @return {@code [T,D]}
   */
  <T extends TensorOps<T>> T forward(Pass<T> pass, T features) {
    T x = embed.forward(pass, features).relu(); // [T,D]
    T directions = x.l2Normalize(EPSILON).transpose(0, 1); // [D,T]
    T mu = pass.of(representatives); // [K,D]
    for (int i = 0; i < ROUNDS; i++) {
      mu = shares(assignment(mu, directions)).matmul(x);
    }
    T z = assignment(mu, directions);
    return walk(x, z, shares(z), mu);
  }

  /** Z: how much each snippet belongs to each representative, {@code [K,T]}, columns sum to 1. */
  private static <T extends TensorOps<T>> T assignment(T mu, T directions) {
    return mu.l2Normalize(EPSILON).matmul(directions).multiply(SHARPNESS).softmax(0);
  }

  /** N: the assignment with rows that sum to 1. */
  private static <T extends TensorOps<T>> T shares(T z) {
    return z.divide(z.sum(true, 1).add(EPSILON));
  }

  /**
   * {@code (1-w) (I - w^2 Z'N)^-1 Y} with {@code Y = w Z' mu + x}, through the K by K system of the
   * identity of Woodbury: {@code (1-w) (Y + w^2 Z' (I - w^2 N Z')^-1 N Y)}.
   */
  private <T extends TensorOps<T>> T walk(T x, T z, T n, T mu) {
    T back = z.transpose(0, 1); // [T,K]
    T y = back.matmul(mu).multiply(WALK).add(x); // [T,D]
    int k = z.shape().size(0);
    T small = z.constant(identity).subtract(n.matmul(back).multiply(WALK * WALK)); // [K,K]
    T inner = small.reshape(1, k, k).solve(n.matmul(y).reshape(1, k, -1)).reshape(k, -1); // [K,D]
    return y.add(back.matmul(inner).multiply(WALK * WALK)).multiply(1 - WALK);
  }
}
