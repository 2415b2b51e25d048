// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongToDoubleFunction;

/**
 * How an estimate of a stage's time tries the stage out: steps at any place of it, and apart from
 * them the work that only some steps bring. Nothing was trained before, and the weights are of no
 * use afterwards.
 *
 * @param step takes a step as it would be at that place, without the work of {@code occasional}
 * @param size in proportion to which a step takes time, such as its snippets
 * @param occasional work that is no part of {@code step}; done before steps, it leaves to them what
 *     they would find
 */
public record StageTrial(
    LongConsumer step, LongToDoubleFunction size, List<Occasional> occasional) {

  /**
   * Work that only some steps bring.
   *
   * @param times how many of them
   * @param work what they do
   */
  public record Occasional(long times, Runnable work) {}

  /** Copies the list. */
  public StageTrial {
    occasional = List.copyOf(occasional);
  }

  /** Of a stage whose steps are all alike. */
  public static StageTrial alike(LongConsumer step) {
    return new StageTrial(step, at -> 1, List.of());
  }

  /** The same with more work. */
  StageTrial with(Occasional more) {
    List<Occasional> all = new ArrayList<>(occasional);
    all.add(more);
    return new StageTrial(step, size, all);
  }
}
