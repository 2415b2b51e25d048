// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import dev.kairos.autograd.Variable;
import dev.kairos.tensor.Engine;
import java.util.List;

/**
 * What proposals are to say: those with exactly one point its classes; all, how much of a pseudo
 * action they are, in its classes, and nothing in others. Means over proposals.
 *
 * <p>Source: the paper, equation 3, which prints the positive half of a binary cross-entropy alone;
 * of a confidence that half is least where it is always 1, hence both halves here.
 *
 * @param classLoss how classes are scored
 * @param target how complete a proposal is said to be
 * @param threshold overlap from which {@link Target#BINARY} is 1
 * @param form which terms the confidence has
 */
record ProposalLosses(ClassLoss classLoss, Target target, double threshold, Form form) {
  /** How classes are scored. */
  enum ClassLoss {
    /** One class of all: cross-entropy, shared among the classes of a point. */
    SOFTMAX,
    /** Each class by itself: binary cross-entropy, the mean over classes. */
    SIGMOID
  }

  /** How complete a proposal is said to be. */
  enum Target {
    /** Its overlap with the pseudo action. */
    IOU,
    /** 1 from an overlap on, else 0. */
    BINARY
  }

  /** Which terms the confidence has. */
  enum Form {
    /** The mean over the point's classes, and over all others. */
    MEAN,
    /** The mean over the point's classes, and the sum over all others. */
    FULL_SUM,
    /** The positive half for the point's classes, as printed. */
    LITERAL
  }

  /** As the specification has it. */
  static ProposalLosses standard() {
    return new ProposalLosses(ClassLoss.SOFTMAX, Target.IOU, 0.5, Form.MEAN);
  }

  /** The two losses. */
  record Parts(Variable classes, Variable confidence) {}

  /**
   * The losses of P proposals, at least one. Those without exactly one point have no class to say:
   * the loss of classes is a mean over the others, the loss of confidence over all.
   *
   * @param logits of classes {@code [P,M]}
   * @param confidence before the sigmoid, {@code [P,M]}
   */
  Parts of(
      Engine engine, Variable logits, Variable confidence, List<TrainingProposals.One> proposals) {
    int classes = logits.shape().size(1);
    int marked = (int) proposals.stream().filter(TrainingProposals.One::hasPoint).count();
    double[] wanted = new double[proposals.size() * classes];
    double[] share = new double[wanted.length];
    double[] counts = new double[wanted.length];
    double[] weights = new double[wanted.length];
    double[] targets = new double[wanted.length];
    for (int i = 0; i < proposals.size(); i++) {
      TrainingProposals.One one = proposals.get(i);
      List<Integer> own = one.labels();
      double overlap = one.overlap();
      double complete = target == Target.IOU ? overlap : overlap >= threshold ? 1 : 0;
      for (int c = 0; c < classes; c++) {
        weights[i * classes + c] = otherWeight(classes - own.size()) / proposals.size();
        counts[i * classes + c] = one.hasPoint() ? 1.0 / marked / classes : 0;
      }
      for (int c : own) {
        int at = i * classes + c;
        double mean = 1.0 / own.size() / proposals.size();
        wanted[at] = 1;
        share[at] = one.hasPoint() ? 1.0 / own.size() / marked : 0;
        weights[at] = form == Form.LITERAL ? mean * complete : mean;
        targets[at] = form == Form.LITERAL ? 1 : complete;
      }
    }
    Variable ofClasses =
        switch (classLoss) {
          case SOFTMAX ->
              logits.logSoftmax().multiply(constant(engine, logits, share)).sum().negate();
          case SIGMOID -> misfit(engine, logits, wanted, counts);
        };
    return new Parts(ofClasses, misfit(engine, confidence, targets, weights));
  }

  /** Binary cross-entropy of entries, each with its weight. */
  private static Variable misfit(
      Engine engine, Variable logits, double[] targets, double[] weights) {
    return logits
        .softplus()
        .subtract(logits.multiply(constant(engine, logits, targets)))
        .multiply(constant(engine, logits, weights))
        .sum();
  }

  private double otherWeight(int others) {
    return switch (form) {
      case MEAN -> others == 0 ? 0 : 1.0 / others;
      case FULL_SUM -> 1;
      case LITERAL -> 0;
    };
  }

  private static Variable constant(Engine engine, Variable like, double[] values) {
    return like.constant(engine.tensor(values, like.shape().sizes()));
  }
}
