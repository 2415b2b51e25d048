// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.nn.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A stage that is scored now and then, and ends with the weights that scored best. Scores and best
 * weights are part of what it remembers, so a stopped training goes on to the same bits.
 */
final class WatchedStage extends ForwardingStage {
  /** The metric's name. */
  static final String METRIC = "heldOut";

  private final BestWeights best;
  private final LongPredicate due;
  private final Score score;
  private final int heldOut;
  private final Map<Long, Double> scores = new TreeMap<>(); // by steps done

  /** Scores the weights as they are. */
  @FunctionalInterface
  interface Score {
    double now() throws IOException;
  }

  /**
   * Watches a stage.
   *
   * @param due whether an evaluation follows a step; one always follows the last
   * @param heldOut recordings that could be trained on and are scored instead
   */
  WatchedStage(Stage stage, Parameters parameters, LongPredicate due, Score score, int heldOut) {
    super(stage);
    this.best = new BestWeights(parameters);
    this.due = due;
    this.score = score;
    this.heldOut = heldOut;
  }

  @Override
  public StageTrial trial() {
    long last = steps() - 1;
    long times = LongStream.rangeClosed(0, last).filter(s -> s == last || due.test(s)).count();
    return super.trial().with(new StageTrial.Occasional(times, this::now), heldOut);
  }

  @Override
  public void remember(TrainingState state) {
    super.remember(state);
    String name = METRIC + "." + name(); // stages do not share what they scored
    best.remember(name, state);
    state.text(name + ".scores", this::written, this::read);
  }

  private String written() {
    return scores.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(" "));
  }

  private void read(String text) {
    scores.clear();
    for (String entry : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
      int sign = entry.indexOf('=');
      if (sign < 0) {
        throw new IllegalArgumentException("expected STEP=SCORE, found " + entry);
      }
      scores.put(
          Long.parseLong(entry.substring(0, sign)), Double.parseDouble(entry.substring(sign + 1)));
    }
  }

  @Override
  public Step prepare(long step) {
    Step prepared = super.prepare(step);
    boolean last = step + 1 == steps();
    return progress -> {
      Map<String, Double> metrics = prepared.run(progress);
      if (!last && !due.test(step)) {
        return metrics;
      }
      double now = now();
      scores.put(step + 1, now);
      best.offer(now);
      if (last) {
        best.restore();
        progress.note(summary());
      }
      Map<String, Double> all = new LinkedHashMap<>(metrics);
      all.put(METRIC, now);
      return all;
    };
  }

  private double now() {
    try {
      return score.now();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String summary() {
    long at =
        scores.entrySet().stream()
            .filter(entry -> entry.getValue() == best.score())
            .mapToLong(Map.Entry::getKey)
            .min()
            .orElse(steps());
    return String.format(
        Locale.ROOT,
        "%s: the weights after step %d of %d are kept, average mAP %.4f on what was held out",
        name(),
        at,
        steps(),
        best.score());
  }
}
