// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.gaufuse;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What happens in which of {@value #EPOCHS} epochs: which labels of snippets are learned, when new
 * ones are made and how, and the rates and weights beside them.
 *
 * <p>Source: the published code, and the text of CVPR 2023, section 4.2, where it differs.
 */
public enum LabelSchedule {
  /** No labels of snippets: RSKP alone, which is published for 200 epochs. */
  NONE(List.of()),

  /**
   * The published code: labels are learned from the epoch after the first are made, and from the
   * third generation on the changes between two generations.
   */
  CODE(
      List.of(
          new Generation(200, 0.02),
          new Generation(230, 0.02),
          new Generation(245, 0.02),
          new Generation(260, 0.002),
          new Generation(275, 0.002),
          new Generation(300, 0.0016))),

  /** The text: labels are learned at once, and changes from the second generation on. */
  PAPER(IntStream.of(200, 215, 230, 245, 270, 290).mapToObj(e -> new Generation(e, 0.1)).toList());

  /** Epochs of the published training; others are stretched. */
  public static final int EPOCHS = 350;

  private static final int MEMORY_FROM = 101;
  private static final double RATE = 5e-5;

  /** What the labels of snippets are. */
  public enum Target {
    /** None. */
    NONE,
    /** The newest generation. */
    PLAIN,
    /** The newest less the one before it. */
    DELTA
  }

  /**
   * One epoch.
   *
   * @param target which labels are learned
   * @param factor by which they are multiplied
   * @param latest number of the newest generation, counted from 0, or -1
   * @param previous number of the one before it, or -1
   * @param propagationWeight weight of the loss between original and propagated scores
   * @param labelWeight weight of the loss of the labels
   * @param memory whether the memory bank is used
   * @param learningRate rate of the optimiser
   * @param generation number of the generation that is made at the start of this epoch, when the
   *     memory bank is emptied too, or -1
   * @param temperature of the fusion that makes it; NaN where none is made
   * @param fillsMemoryAfter whether the memory bank is filled from all recordings at the end
   */
  public record Epoch(
      Target target,
      double factor,
      int latest,
      int previous,
      double propagationWeight,
      double labelWeight,
      boolean memory,
      double learningRate,
      int generation,
      double temperature,
      boolean fillsMemoryAfter) {}

  /**
   * When labels are made.
   *
   * @param epoch at the start of which
   * @param temperature of the fusion
   */
  private record Generation(int epoch, double temperature) {}

  @SuppressWarnings("ImmutableEnumChecker") // a copy that never changes
  private final List<Generation> generations;

  LabelSchedule(List<Generation> generations) {
    this.generations = List.copyOf(generations);
  }

  /**
   * The published epoch that stands for a step of a training of another length.
   *
   * @param step counted from 0
   * @param steps how many there are, at least 1
   */
  public static int epochOf(long step, long steps) {
    return (int) (EPOCHS * step / steps);
  }

  /**
   * What happens in an epoch.
   *
   * @param epoch counted from 0
   */
  public Epoch at(int epoch) {
    int latest = -1;
    while (latest + 1 < generations.size() && generations.get(latest + 1).epoch() <= epoch) {
      latest++;
    }
    boolean made = latest >= 0 && generations.get(latest).epoch() == epoch;
    boolean labelled = this != NONE && epoch > 200;
    Target target = target(epoch, latest);
    return new Epoch(
        target,
        factor(target, epoch),
        latest,
        Math.max(-1, latest - 1),
        epoch < MEMORY_FROM || labelled ? 1 : 0.5,
        Math.min(10 * Math.pow(1.035, epoch - 200), 50),
        epoch >= MEMORY_FROM,
        this == CODE ? codeRate(epoch) : RATE,
        made ? latest : -1,
        made ? generations.get(latest).temperature() : Double.NaN,
        epoch == MEMORY_FROM - 1);
  }

  /** At which temperature a generation is fused. */
  double temperature(int generation) {
    return generations.get(generation).temperature();
  }

  /** By what a learning rate is multiplied in an epoch. */
  double rateFactor(int epoch) {
    return at(epoch).learningRate() / RATE;
  }

  private Target target(int epoch, int latest) {
    return switch (this) {
      case NONE -> Target.NONE;
      case CODE -> epoch <= 200 ? Target.NONE : epoch <= 250 ? Target.PLAIN : Target.DELTA;
      case PAPER -> latest < 0 ? Target.NONE : latest == 0 ? Target.PLAIN : Target.DELTA;
    };
  }

  private double factor(Target target, int epoch) {
    return switch (target) {
      case NONE -> 0;
      case PLAIN -> 1;
      case DELTA -> this == PAPER ? 1 : epoch <= 300 ? 2 : 2.15;
    };
  }

  private static double codeRate(int epoch) {
    if (epoch < 80) {
      return RATE;
    }
    if (epoch < 200) {
      return 4e-5;
    }
    if (epoch < 245) {
      return 2.048e-5;
    }
    return epoch < 260 ? 5.12e-7 : 2.56e-7;
  }
}
