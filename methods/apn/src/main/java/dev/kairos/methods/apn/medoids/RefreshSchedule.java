// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.medoids;

import java.util.Arrays;

/**
 * When the pseudo actions of a recording are made anew: when it is drawn for the first time, and
 * again when it is first drawn in each later block of so many steps. Labels matter only when their
 * recording is drawn, so that this differs from renewing all at once only by newer weights.
 *
 * @param every how many steps a block has, at least 1
 */
public record RefreshSchedule(long every) {
  /** What stands for the last renewal of a recording that never had one. */
  public static final long NEVER_MADE = -1;

  /** Checks that a block holds a step. */
  public RefreshSchedule {
    if (every < 1) {
      throw new IllegalArgumentException("refresh: needs blocks of at least one step: " + every);
    }
  }

  /** The first labels stay: all of a training is one block. */
  public static RefreshSchedule never() {
    return new RefreshSchedule(Long.MAX_VALUE);
  }

  /**
   * Whether labels must be made at a step.
   *
   * @param step counted from 0
   * @param last at which step they were made, or {@value #NEVER_MADE}
   */
  public boolean isDue(long step, long last) {
    if (step < 0 || last < NEVER_MADE || last > step) {
      throw new IllegalArgumentException(
          "refresh: needs steps from 0 on, and the last not after this one: step "
              + (step + ", last " + last));
    }
    return last == NEVER_MADE || step / every > last / every;
  }

  /**
   * Which of the recordings drawn at a step have labels to make. Who makes them notes the step.
   *
   * @param step counted from 0
   * @param drawn indices of the recordings of the step
   * @param last for each recording at which step its labels were made, or {@value #NEVER_MADE}
   * @param isMarked for each recording whether it has points; one without never has labels
   * @return some of {@code drawn}, in that order
   */
  public int[] due(long step, int[] drawn, long[] last, boolean[] isMarked) {
    if (last.length != isMarked.length) {
      throw new IllegalArgumentException(
          "refresh: as many last steps as recordings: " + last.length + " != " + isMarked.length);
    }
    return Arrays.stream(drawn).filter(v -> isMarked[v] && isDue(step, last[v])).toArray();
  }
}
