// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.rskp;

import dev.kairos.autograd.Variable;
import dev.kairos.methods.rskp.RskpNetwork.Head;
import dev.kairos.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The losses of RSKP on one recording (CVPR 2022, section 3.5, and its published code). */
public final class RskpLosses {
  private static final double LABEL_EPSILON = 1e-8;
  private static final double TEMPERATURE = 0.2;
  private static final double MEMORY_SHARE = 0.2;
  private static final double MEMORY_WEIGHT = 0.5;
  private static final int ATTENDED = 8; // one snippet in so many

  /**
   * What the parts are multiplied with.
   *
   * @param background of {@link Parts#background}
   * @param attention of {@link Parts#attention}
   * @param propagation of {@link Parts#propagation}
   */
  public record Weights(double background, double attention, double propagation) {
    /** The published weights, with that of the propagation, which changes with the epoch. */
    public static Weights published(double propagation) {
      return new Weights(0.2, 0.1, propagation);
    }
  }

  /**
   * The parts and their weighted sum.
   *
   * @param foreground cross-entropy of the recording's classes, features pooled by attention
   * @param background cross-entropy of its classes and the background, each pooled by its channel
   * @param attention mean of the eighth of the snippets with the least attention, less that of the
   *     eighth with the most
   * @param propagation cross-entropy of the original logits against those after propagation
   */
  public record Parts(
      Variable foreground,
      Variable background,
      Variable attention,
      Variable propagation,
      Variable total) {}

  private RskpLosses() {}

  /**
   * Computes the losses.
   *
   * @param output of one recording
   * @param memory the head after the snippets of the memory bank were carried in, or null while the
   *     bank is not used
   * @param labels 1 for a class that occurs and else 0, {@code [1,C]}; zeros give no cross-entropy
   */
  public static Parts of(
      RskpNetwork.Output<Variable> output,
      @Nullable Head<Variable> memory,
      Tensor labels,
      Weights weights) {
    Variable actions = target(output.memoryScores().constant(labels), 0);
    Variable all = target(output.memoryScores().constant(labels), 1);
    Head<Variable> original = output.original();
    Head<Variable> propagated = output.propagated();
    Variable foreground =
        crossEntropy(original.agnostic(), actions)
            .add(crossEntropy(propagated.agnostic(), actions));
    Variable background =
        crossEntropy(original.classwise(), all).add(crossEntropy(propagated.classwise(), all));
    Variable teacher = propagated.logits().detach();
    if (memory != null) {
      foreground = foreground.add(crossEntropy(memory.agnostic(), actions).multiply(MEMORY_WEIGHT));
      background = background.add(crossEntropy(memory.classwise(), all).multiply(MEMORY_WEIGHT));
      teacher =
          memory.logits().detach().multiply(MEMORY_SHARE).add(teacher.multiply(1 - MEMORY_SHARE));
    }
    Variable attention = attention(original.attention());
    Variable propagation = propagation(original.logits(), teacher);
    Variable total =
        foreground
            .add(background.multiply(weights.background()))
            .add(attention.multiply(weights.attention()))
            .add(propagation.multiply(weights.propagation()));
    return new Parts(foreground, background, attention, propagation, total);
  }

  /** Labels with an entry for the background, scaled to sum 1: {@code [1,C]} to {@code [1,C1]}. */
  private static Variable target(Variable labels, double background) {
    Variable all = labels.pad(1, 0, 1, background);
    return all.divide(all.sum(true, 1).add(LABEL_EPSILON));
  }

  /** Both {@code [1,C1]}. */
  private static Variable crossEntropy(Variable scores, Variable target) {
    return scores.logSoftmax().multiply(target).sum().negate();
  }

  /** Sharpens attention {@code [T,1]}. */
  private static Variable attention(Variable attention) {
    int k = Math.max(attention.shape().size(0) / ATTENDED, 1);
    Variable most = attention.topKMean(k, 0).sum();
    Variable least = attention.negate().topKMean(k, 0).sum().negate();
    return least.subtract(most);
  }

  /** Both {@code [T,C1]}; no gradient flows into the teacher. */
  private static Variable propagation(Variable logits, Variable teacher) {
    Variable target = teacher.multiply(1 / TEMPERATURE).softmax();
    Variable said = logits.multiply(1 / TEMPERATURE).logSoftmax();
    return target.multiply(said).sum(false, 1).mean().negate();
  }
}
