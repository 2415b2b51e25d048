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
  private @Nullable Shard shard; // null where nothing is to be undone

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
    takeIn(update(places, output.representatives().value(), output.memoryScores().value()));
    return new Result(output, memory, losses);
  }

  /** What the bank takes in of a recording that is not learned from, under its own classes. */
  static BankUpdates.Update update(RskpNetwork.Output<Tensor> output, float[] labels) {
    return update(classes(labels), output.representatives(), output.memoryScores());
  }

  private static BankUpdates.Update update(int[] places, Tensor representatives, Tensor scores) {
    return new BankUpdates.Update(
        places, representatives.toDoubles(), scores.softmax().toDoubles());
  }

  private void takeIn(BankUpdates.Update update) {
    update.applyTo(bank);
    if (shard != null) {
      shard.updates.add(update);
    }
  }

  /** What the bank was before a shard, and what entered it since. */
  private static final class Shard {
    private final double[] vectors;
    private final double[] scores;
    private final BankUpdates updates = new BankUpdates();

    Shard(MemoryBank bank) {
      this.vectors = bank.vectors();
      this.scores = bank.scores();
    }
  }

  /** From here on {@link #takeBack} can undo what enters the bank. */
  void begin() {
    shard = new Shard(bank);
  }

  /** Brings the bank back to what it was at {@link #begin}, and gives what entered it since. */
  byte[] takeBack() {
    Shard done = shard;
    if (done == null) {
      throw new IllegalStateException("memory bank: no shard was begun");
    }
    shard = null;
    bank.restore(done.vectors, done.scores);
    return done.updates.toBytes();
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
