// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import dev.kairos.autograd.Variable;
import dev.kairos.methods.tal.Interval;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Draws the starts of actions of a class together and away from the background of the same
 * recording, and their ends likewise.
 *
 * <p>Source: the paper, equations 1 and 2. Features are brought to unit length first: with plain
 * products the exponents would reach thousands.
 *
 * @param temperature tau
 * @param unit whether features are brought to unit length
 */
record ContrastiveLoss(double temperature, boolean unit) {
  private static final double SHORTEST = 1e-12;

  /** The temperature of the paper, unit length. */
  static ContrastiveLoss standard() {
    return new ContrastiveLoss(0.1, true);
  }

  /**
   * The pseudo actions of a recording, and its background.
   *
   * @param starts the snippets around the beginning of each action
   * @param ends those around its end
   * @param labels the classes of each
   * @param background stretches without action
   */
  record Recording(
      List<Interval> starts,
      List<Interval> ends,
      List<List<Integer>> labels,
      List<Interval> background) {

    /** Each pair of an action and a class of it that another action has too. */
    private List<int[]> anchors() {
      List<int[]> found = new ArrayList<>();
      for (int i = 0; i < labels.size(); i++) {
        for (int label : labels.get(i)) {
          if (others(i, label).length > 0) {
            found.add(new int[] {i, label});
          }
        }
      }
      return found;
    }

    private int[] others(int action, int label) {
      int[] found = new int[labels.size()];
      int count = 0;
      for (int p = 0; p < labels.size(); p++) {
        if (p != action && labels.get(p).contains(label)) {
          found[count++] = p;
        }
      }
      return Arrays.copyOf(found, count);
    }
  }

  /**
   * What a recording costs.
   *
   * @param sum over its anchors, of starts and ends; null where that is 0 whatever the features
   * @param anchors how many
   */
  record Result(@Nullable Variable sum, int anchors) {}

  /**
   * The loss of one recording.
   *
   * @param x its embedded features {@code [T,D']}
   */
  Result of(Engine engine, Variable x, Recording recording) {
    List<int[]> anchors = recording.anchors();
    if (anchors.isEmpty() || recording.background().isEmpty()) {
      return new Result(null, anchors.size());
    }
    int actions = recording.labels().size();
    int background = recording.background().size();
    List<Interval> all = new ArrayList<>(recording.starts());
    all.addAll(recording.ends());
    all.addAll(recording.background());
    Variable means = x.constant(averages(engine, all, x.shape().size(0))).matmul(x);
    Variable features = unit ? means.l2Normalize(SHORTEST) : means; // [2A+B,D']
    Variable behind = features.narrow(0, 2 * actions, background);
    Tensor positives = visible(engine, recording, anchors, false);
    Tensor any = visible(engine, recording, anchors, true);
    Tensor rows = engine.indices(anchors.stream().mapToInt(a -> a[0]).toArray(), anchors.size());
    Variable sum = null;
    for (int region = 0; region < 2; region++) {
      Variable own = features.narrow(0, region * actions, actions);
      Variable to = own.concat(0, List.of(behind)).transpose(0, 1); // [D',A+B]
      Variable similar =
          own.matmul(to).multiply(1 / temperature).gather(0, x.constant(rows)); // [anchors,A+B]
      Variable loss = logSumExp(similar, any).subtract(logSumExp(similar, positives)).sum();
      sum = sum == null ? loss : sum.add(loss);
    }
    return new Result(sum, anchors.size());
  }

  /** A row for each stretch whose product with features is their mean there. */
  private static Tensor averages(Engine engine, List<Interval> stretches, int length) {
    double[] values = new double[stretches.size() * length];
    for (int i = 0; i < stretches.size(); i++) {
      Interval s = stretches.get(i);
      Arrays.fill(values, i * length + s.start(), i * length + s.end(), 1.0 / s.length());
    }
    return engine.tensor(values, stretches.size(), length);
  }

  /** 0 for what an anchor is compared with and else minus infinity, {@code [anchors,A+B]}. */
  private static Tensor visible(
      Engine engine, Recording recording, List<int[]> anchors, boolean background) {
    int actions = recording.labels().size();
    int width = actions + recording.background().size();
    double[] values = new double[anchors.size() * width];
    Arrays.fill(values, Double.NEGATIVE_INFINITY);
    for (int a = 0; a < anchors.size(); a++) {
      for (int p : recording.others(anchors.get(a)[0], anchors.get(a)[1])) {
        values[a * width + p] = 0;
      }
      if (background) {
        Arrays.fill(values, a * width + actions, (a + 1) * width, 0);
      }
    }
    return engine.tensor(values, anchors.size(), width);
  }

  /** The logarithm of the sum of the visible exponentials of each row, {@code [anchors,1]}. */
  private static Variable logSumExp(Variable similar, Tensor visible) {
    Variable seen = similar.add(similar.constant(visible));
    Variable most = seen.detach().max(-1, true);
    return seen.subtract(most).exp().sum(true, -1).log().add(most);
  }
}
