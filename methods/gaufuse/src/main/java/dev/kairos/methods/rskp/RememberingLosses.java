// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.rskp;

import dev.kairos.autograd.Variable;
import dev.kairos.nn.TrainingPass;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The losses of one recording after the other, with the memory bank between them: a recording is
 * scored by what the bank holds of its classes, and then enters it. Used by one thread.
 *
 * <p>Source: RSKP, CVPR 2022, section 3.4.
 */
final class RememberingLosses {
  private final RskpNetwork network;
  private final MemoryBank bank;
  private final boolean indexBug;

  /**
   * Losses with a bank.
   *
   * @param indexBug see {@link RskpConfig.Memory#indexBug}
   */
  RememberingLosses(RskpNetwork network, MemoryBank bank, boolean indexBug) {
    this.network = network;
    this.bank = bank;
    this.indexBug = indexBug;
  }

  /**
   * What one recording gives.
   *
   * @param memory the head after snippets of the bank were carried in; null without memory
   */
  record Result(
      RskpNetwork.Output<Variable> output,
      RskpNetwork.@Nullable Head<Variable> memory,
      RskpLosses.Parts losses) {}

  /**
   * The losses of a recording, without memory or with it; then the bank takes it in. A recording
   * without classes has no use for the bank.
   *
   * @param features {@code [T,D]}
   * @param labels 1 for a class that occurs and else 0, {@code [C]}
   */
  Result of(
      TrainingPass pass,
      Variable features,
      float[] labels,
      boolean remembers,
      RskpLosses.Weights weights) {
    Engine engine = features.value().engine();
    RskpNetwork.Output<Variable> output = network.forward(pass, features);
    Tensor row = engine.tensor(labels, 1, labels.length);
    int[] of = classes(labels);
    if (!remembers || of.length == 0) {
      return new Result(output, null, RskpLosses.of(output, null, row, weights));
    }
    int[] places = indexBug ? new int[of.length] : of;
    RskpNetwork.Head<Variable> memory =
        network.propagated(pass, output.embedding(), pass.constant(bank.vectors(engine, places)));
    RskpLosses.Parts losses = RskpLosses.of(output, memory, row, weights);
    update(places, output.representatives().value(), output.memoryScores().value());
    return new Result(output, memory, losses);
  }

  /**
   * Takes a recording in without learning from it, always under its own classes.
   *
   * @param labels as in {@link #of}
   */
  void takeIn(RskpNetwork.Output<Tensor> output, float[] labels) {
    update(classes(labels), output.representatives(), output.memoryScores());
  }

  private void update(int[] places, Tensor representatives, Tensor scores) {
    bank.update(places, representatives.toDoubles(), scores.softmax().toDoubles());
  }

  private static int[] classes(float[] labels) {
    int count = 0;
    int[] found = new int[labels.length];
    for (int c = 0; c < labels.length; c++) {
      if (labels[c] > 0) {
        found[count++] = c;
      }
    }
    return Arrays.copyOf(found, count);
  }
}
