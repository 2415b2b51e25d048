// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

/**
 * What becomes of several crops of every snippet, such as the ten of {@code [T, 10, D]}.
 *
 * @param kind whether there may be crops, and what becomes of them
 * @param index of the one that is kept, from 0; 0 where none is chosen
 */
public record Crops(Kind kind, int index) {
  /** There are none; a file that has some is refused. */
  public static final Crops NONE = new Crops(Kind.NONE, 0);

  /** Their average is taken. */
  public static final Crops MEAN = new Crops(Kind.MEAN, 0);

  /** What becomes of crops. */
  public enum Kind {
    /** There are none. */
    NONE,
    /** They are averaged. */
    MEAN,
    /** One is kept. */
    ONE
  }

  /** Checks the index. */
  public Crops {
    if (index < 0 || (index > 0 && kind != Kind.ONE)) {
      throw new IllegalArgumentException("crops: no crop " + index + " of " + kind);
    }
  }

  /** One is kept, counted from 0. */
  public static Crops only(int index) {
    return new Crops(Kind.ONE, index);
  }
}
