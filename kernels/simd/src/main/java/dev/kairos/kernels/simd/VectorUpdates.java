// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import static dev.kairos.kernels.simd.Lanes.COUNT;
import static dev.kairos.kernels.simd.Lanes.FLOAT;

import dev.kairos.kernels.AdamStep;
import dev.kairos.kernels.SgdStep;
import jdk.incubator.vector.FloatVector;

/** The optimisers' updates over whole vectors: n is a multiple of {@link Lanes#COUNT}. */
final class VectorUpdates {
  private VectorUpdates() {}

  static void adam(AdamStep step, float[] p, float[] g, float[] m, float[] v, int from, int n) {
    FloatVector b1 = all(step.beta1());
    FloatVector b2 = all(step.beta2());
    FloatVector r1 = all(1 - step.beta1());
    FloatVector r2 = all(1 - step.beta2());
    FloatVector l2 = all(step.l2());
    FloatVector keep = all(1 - step.learningRate() * step.decay());
    FloatVector rate = all(step.learningRate() / step.correction1());
    FloatVector root2 = all(Math.sqrt(step.correction2()));
    FloatVector epsilon = all(step.epsilon());
    for (int i = from; i < from + n; i += COUNT) {
      FloatVector old = FloatVector.fromArray(FLOAT, p, i);
      FloatVector slope = old.fma(l2, FloatVector.fromArray(FLOAT, g, i));
      FloatVector first = FloatVector.fromArray(FLOAT, m, i).mul(b1).add(slope.mul(r1));
      FloatVector second = FloatVector.fromArray(FLOAT, v, i).mul(b2).add(slope.mul(slope).mul(r2));
      first.intoArray(m, i);
      second.intoArray(v, i);
      FloatVector size = second.sqrt().div(root2).add(epsilon);
      old.mul(keep).sub(first.mul(rate).div(size)).intoArray(p, i);
    }
  }

  static void sgd(SgdStep step, float[] p, float[] g, float[] velocity, int from, int n) {
    FloatVector rate = all(-step.learningRate());
    FloatVector momentum = all(step.momentum());
    FloatVector l2 = all(step.l2());
    boolean ahead = step.nesterov();
    for (int i = from; i < from + n; i += COUNT) {
      FloatVector old = FloatVector.fromArray(FLOAT, p, i);
      FloatVector slope = old.fma(l2, FloatVector.fromArray(FLOAT, g, i));
      FloatVector speed = FloatVector.fromArray(FLOAT, velocity, i).fma(momentum, slope);
      speed.intoArray(velocity, i);
      if (ahead) {
        speed.fma(momentum, slope).fma(rate, old).intoArray(p, i);
      } else {
        speed.fma(rate, old).intoArray(p, i);
      }
    }
  }

  private static FloatVector all(double value) {
    return FloatVector.broadcast(FLOAT, (float) value);
  }
}
