// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.points;

import dev.kairos.kernels.Philox;
import dev.kairos.kernels.RandomKey;
import java.util.random.RandomGenerator;

/**
 * The random numbers of one action. Normal deviates are Box and Muller's by {@link StrictMath}, so
 * that they are the same on every platform.
 */
final class KeyedDraws implements PointRule.Draws {
  private final RandomGenerator random;

  KeyedDraws(long seed, String recording, int instance) {
    RandomKey key = new RandomKey(seed, 0).child("points").child(recording).child(instance);
    this.random = Philox.generator(key);
  }

  @Override
  public double uniform() {
    return random.nextDouble();
  }

  @Override
  public double normal() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
  }
}
