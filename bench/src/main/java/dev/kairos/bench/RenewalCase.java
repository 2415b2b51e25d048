// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.linpro.LinProProblem;
import dev.kairos.methods.pseudolabel.LabelRenewal;
import dev.kairos.methods.pseudolabel.LinProLabels;
import dev.kairos.methods.tal.Proposal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A renewal of pseudo labels: every class of every recording has instances, 14 in the median and 47
 * at most, which overlap and contradict each other here and there, as fused ones do. Written {@code
 * 200x1000x20}: recordings, snippets, classes.
 *
 * @param recordings V
 * @param length snippets of each, T
 * @param classes C
 */
record RenewalCase(int recordings, int length, int classes) {
  private static final int MOST = 47;

  /** Labels in [0, 1] of contrasts of sums, at a price for missed scores. */
  static LabelRenewal.Options options() {
    return LabelRenewal.Options.defaults();
  }

  @Override
  public String toString() {
    return recordings + "x" + length + "x" + classes;
  }

  /** What there is to label. */
  List<LabelRenewal.Instances> instances() {
    SplittableRandom random = new SplittableRandom(11);
    List<LabelRenewal.Instances> all = new ArrayList<>();
    for (int v = 0; v < recordings; v++) {
      List<List<Proposal>> channels = new ArrayList<>();
      for (int c = 0; c < classes; c++) {
        channels.add(channel(random, c));
      }
      all.add(new LabelRenewal.Instances(String.format(Locale.ROOT, "r%04d", v), length, channels));
    }
    return all;
  }

  private List<Proposal> channel(SplittableRandom random, int label) {
    int actions = 2 + random.nextInt(6);
    double[] centre = new double[actions];
    double[] width = new double[actions];
    for (int k = 0; k < actions; k++) {
      centre[k] = length * random.nextDouble();
      width[k] = length * (0.01 + 0.07 * random.nextDouble());
    }
    double spread = 0; // about normal
    for (int i = 0; i < 12; i++) {
      spread += random.nextDouble() - 0.5;
    }
    int n = (int) Math.max(1, Math.min(MOST, Math.round(14 * Math.exp(0.52 * spread))));
    List<Proposal> own = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int k = random.nextInt(actions);
      double middle = centre[k] + 0.7 * width[k] * (random.nextDouble() - 0.5);
      double half = width[k] * (0.15 + 0.6 * random.nextDouble());
      double start = Math.max(0, Math.min(length - 2.0, middle - half));
      double end = Math.max(start + 1, Math.min(length, middle + half));
      own.add(new Proposal(label, start, end, 0.1 + 0.3 * random.nextDouble()));
    }
    own.sort(Comparator.comparingDouble(Proposal::score).reversed());
    return own;
  }

  /** The programs of those instances, recording by recording. */
  static List<LinProProblem> problems(List<LabelRenewal.Instances> recordings) {
    LinProLabels.Options program = options().program();
    List<LinProProblem> problems = new ArrayList<>();
    for (LabelRenewal.Instances one : recordings) {
      for (List<Proposal> own : one.channels()) {
        problems.add(
            LinProLabels.problem(own, one.length(), program.weighting(), program.margin()));
      }
    }
    return problems;
  }

  /** A program with equal columns as one, for other libraries. */
  static LinearProgram collapsed(LinProProblem problem) {
    LinProLabels.Options program = options().program();
    return LinProCase.collapsed(problem, program.form(), program.penalty());
  }
}
