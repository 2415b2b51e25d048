// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.kernels.Philox;
import dev.kairos.kernels.RandomKey;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Shuffles items anew for each epoch, and says which of them a step takes. Depends on the key and
 * the step's number alone. Can be used by several threads.
 */
public final class EpochOrder {
  /** What becomes of items that do not fill a batch at the end of an epoch. */
  public enum Rest {
    /** They are a smaller batch. */
    SMALLER,
    /** They are left out of this epoch. */
    LEFT_OUT,
    /** The first of the next epoch fill their batch. */
    CARRIED
  }

  private final int items;
  private final int batch;
  private final Rest rest;
  private final RandomKey key;
  private volatile @Nullable Shuffled last;

  /** The order of one epoch. */
  private static final class Shuffled {
    private final long epoch;
    private final int[] order; // not changed

    Shuffled(long epoch, int[] order) {
      this.epoch = epoch;
      this.order = order;
    }
  }

  /**
   * An order.
   *
   * @param items how many there are, at least 1
   * @param batch how many a step takes, at least 1; all of them where there are fewer
   * @param key of the shuffling
   */
  public EpochOrder(int items, int batch, Rest rest, RandomKey key) {
    if (items < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "epoch order: needs at least one item and a batch of at least one: "
              + (items + ", " + batch));
    }
    this.items = items;
    this.batch = Math.min(batch, items);
    this.rest = rest;
    this.key = key;
  }

  /** Steps of so many epochs; where the rest is carried, those that begin in them. */
  public long steps(long epochs) {
    return switch (rest) {
      case SMALLER -> Math.multiplyExact(epochs, (items + batch - 1L) / batch);
      case LEFT_OUT -> Math.multiplyExact(epochs, (long) (items / batch));
      case CARRIED -> firstOf(epochs);
    };
  }

  /** The first step that begins in an epoch, where the rest is carried. */
  private long firstOf(long epoch) {
    return (Math.multiplyExact(epoch, (long) items) + batch - 1) / batch;
  }

  /** Where a step stands. */
  public StepPosition position(long step) {
    if (rest == Rest.CARRIED) {
      long epoch = Math.multiplyExact(step, (long) batch) / items;
      return new StepPosition(step, epoch, step - firstOf(epoch), step + 1 == firstOf(epoch + 1));
    }
    long each = steps(1);
    return new StepPosition(step, step / each, step % each, (step + 1) % each == 0);
  }

  /** The items of a step, all different unless they come from two epochs. */
  public int[] at(long step) {
    if (rest == Rest.CARRIED) {
      int[] taken = new int[batch];
      long from = Math.multiplyExact(step, (long) batch);
      for (int i = 0; i < batch; i++) {
        taken[i] = order((from + i) / items)[(int) ((from + i) % items)];
      }
      return taken;
    }
    StepPosition at = position(step);
    int from = (int) at.place() * batch;
    return Arrays.copyOfRange(order(at.epoch()), from, Math.min(items, from + batch));
  }

  private int[] order(long epoch) {
    Shuffled known = last;
    if (known == null || known.epoch != epoch) {
      known = new Shuffled(epoch, shuffled(epoch));
      last = known;
    }
    return known.order;
  }

  private int[] shuffled(long epoch) {
    RandomGenerator random = Philox.generator(key.child(epoch));
    int[] order = new int[items];
    for (int i = 0; i < items; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }
}
