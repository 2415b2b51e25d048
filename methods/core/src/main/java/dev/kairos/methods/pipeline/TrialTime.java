// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pipeline;

import dev.kairos.methods.training.StageTrial;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/**
 * How long a stage takes, by some of its steps. They lie spread over all of it, since later ones
 * may do more; where they differ in size, the time for a unit of size counts. What only some steps
 * bring is timed by itself.
 */
final class TrialTime {
  private static final int MOST_STEPS = 400;
  private static final double AGAIN_SECONDS = 2;
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  private final LongSupplier clock;

  /**
   * By a clock.
   *
   * @param clock nanoseconds
   */
  TrialTime(LongSupplier clock) {
    this.clock = clock;
  }

  /**
   * Seconds of a stage. Of the steps tried the later half counts, as the first ones run while the
   * JVM compiles.
   *
   * @param steps of the stage
   * @param longest seconds after which no other step is tried
   */
  double of(StageTrial trial, long steps, double longest) {
    int most = (int) Math.min(MOST_STEPS, steps);
    double spent = 0;
    int taken = 0;
    while (taken < most / 2 && spent < longest / 2) {
      spent += step(trial, place(taken++, steps));
    }
    double seconds = 0;
    for (StageTrial.Occasional occasional : trial.occasional()) {
      seconds += timed(occasional.work()) * occasional.times();
    }
    List<Double> each = new ArrayList<>();
    double sum = 0;
    double sizes = 0;
    while (taken < most && (each.size() < 2 || spent + sum < longest)) {
      long place = place(taken++, steps);
      double took = step(trial, place);
      double size = trial.size().applyAsDouble(place);
      each.add(took / size);
      sum += took;
      sizes += size;
    }
    if (each.isEmpty()) {
      return seconds;
    }
    Collections.sort(each);
    boolean alike = sizes == each.size();
    double perSize = alike ? each.get(each.size() / 2) : sum / sizes;
    return seconds + perSize * LongStream.range(0, steps).mapToDouble(trial.size()).sum();
  }

  /** Places that lie evenly, however many of them are taken. */
  private static long place(int number, long steps) {
    double share = (number + 0.5) * GOLDEN;
    return (long) (steps * (share - Math.floor(share)));
  }

  private double step(StageTrial trial, long place) {
    return once(() -> trial.step().accept(place));
  }

  /** The second time of what does not take long: the first one compiles. */
  private double timed(Runnable work) {
    double first = once(work);
    return first > AGAIN_SECONDS ? first : Math.min(first, once(work));
  }

  private double once(Runnable work) {
    long from = clock.getAsLong();
    work.run();
    return (clock.getAsLong() - from) * 1e-9;
  }
}
