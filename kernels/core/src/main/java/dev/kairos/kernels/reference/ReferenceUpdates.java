// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.reference;

import dev.kairos.kernels.AdamStep;
import dev.kairos.kernels.SgdStep;

/** The definitions of the updates of a parameter p by its gradient g. */
final class ReferenceUpdates {
  private ReferenceUpdates() {}

  static void adam(AdamStep step, double[] p, double[] g, double[] first, double[] second) {
    for (int i = 0; i < p.length; i++) {
      double slope = g[i] + step.l2() * p[i];
      first[i] = step.beta1() * first[i] + (1 - step.beta1()) * slope;
      second[i] = step.beta2() * second[i] + (1 - step.beta2()) * slope * slope;
      double root = Math.sqrt(second[i] / step.correction2()) + step.epsilon();
      p[i] =
          p[i] * (1 - step.learningRate() * step.decay())
              - step.learningRate() * (first[i] / step.correction1()) / root;
    }
  }

  static void sgd(SgdStep step, double[] p, double[] g, double[] v) {
    for (int i = 0; i < p.length; i++) {
      double slope = g[i] + step.l2() * p[i];
      v[i] = step.momentum() * v[i] + slope;
      p[i] -= step.learningRate() * (step.nesterov() ? slope + step.momentum() * v[i] : v[i]);
    }
  }
}
