// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The losses of a pass, with their numbers on the host.
 *
 * @param loss the one to minimise
 * @param numbers of all, by name
 */
record StepLosses(Variable loss, Map<String, Double> numbers) {
  private static final String LOSS = "loss";

  /**
   * Copies the numbers to the host, in one block: each copy out waits for all that was computed
   * before.
   *
   * @param stage for messages
   */
  static StepLosses of(String stage, Map<String, Variable> losses) {
    Variable loss = losses.get(LOSS);
    if (loss == null) {
      throw new IllegalArgumentException(stage + ": a step must give a loss: " + losses.keySet());
    }
    double[] items =
        loss.value().engine().items(losses.values().stream().map(Variable::value).toList());
    Map<String, Double> numbers = new LinkedHashMap<>();
    int next = 0;
    for (String name : losses.keySet()) {
      numbers.put(name, items[next++]);
    }
    return new StepLosses(loss, numbers);
  }

  /** Adds the numbers to those of the same names. */
  void addTo(Map<String, Double> sums, double weight) {
    numbers.forEach((name, value) -> sums.merge(name, weight * value, Double::sum));
  }

  boolean isFinite() {
    return Double.isFinite(numbers.getOrDefault(LOSS, Double.NaN));
  }

  /** What a message names where a loss is not finite. */
  static String nonFinite(Tape tape) {
    return tape.firstNonFinite().orElse("the inputs");
  }
}
