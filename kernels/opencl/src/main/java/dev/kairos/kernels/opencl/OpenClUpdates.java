// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import static dev.kairos.kernels.opencl.OpenClBuffer.memory;

import dev.kairos.kernels.AdamStep;
import dev.kairos.kernels.Buffer;
import dev.kairos.kernels.SgdStep;

/** Updates of parameters, in one kernel each. */
final class OpenClUpdates {
  private final Launcher launcher;

  OpenClUpdates(Launcher launcher) {
    this.launcher = launcher;
  }

  void adam(AdamStep step, Buffer parameter, Buffer gradient, Buffer m, Buffer v) {
    launcher.each(
        "adam",
        parameter.length(),
        memory(parameter),
        memory(gradient),
        memory(m),
        memory(v),
        (float) step.beta1(),
        (float) step.beta2(),
        (float) (1 - step.beta1()),
        (float) (1 - step.beta2()),
        (float) step.l2(),
        (float) (1 - step.learningRate() * step.decay()),
        (float) (step.learningRate() / step.correction1()),
        (float) Math.sqrt(step.correction2()),
        (float) step.epsilon(),
        parameter.length());
  }

  void sgd(SgdStep step, Buffer parameter, Buffer gradient, Buffer velocity) {
    launcher.each(
        "sgd",
        parameter.length(),
        memory(parameter),
        memory(gradient),
        memory(velocity),
        (float) step.learningRate(),
        (float) step.momentum(),
        (float) step.l2(),
        step.nesterov() ? 1 : 0,
        parameter.length());
  }
}
