// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.host;

import dev.kairos.kernels.Strided;

/**
 * The loop nest shared by up to three views of equal sizes: axes of size 1 are dropped and axes
 * that all views pass without a gap are merged, so that contiguous data is one long run. Long runs
 * are cut into pieces that threads may share. A nest can be set again and then allocates nothing.
 */
public final class MergedAxes {
  /** Handles one run: the first element of each view and the number of elements. */
  public interface Run {
    void at(int first, int second, int third, int length);
  }

  private int rank;
  private int[] sizes = new int[4];
  private int[] p = new int[4];
  private int[] q = new int[4];
  private int[] r = new int[4];
  private int firstOffset;
  private int secondOffset;
  private int thirdOffset;
  private int runs;
  private int block = Integer.MAX_VALUE;
  private int piecesOfRun = 1;

  /** An empty nest, to be set. */
  public MergedAxes() {}

  /** The nest of all axes, in whole runs. */
  public MergedAxes(Strided first, Strided second, Strided third) {
    set(first, second, third, 0, first.rank(), Integer.MAX_VALUE);
  }

  /**
   * The nest of all axes.
   *
   * @param longest elements of a piece at most
   */
  public MergedAxes set(Strided first, Strided second, Strided third, int longest) {
    return set(first, second, third, 0, first.rank(), longest);
  }

  /**
   * The nest of the axes {@code [from, to)}, at index 0 of the others.
   *
   * @param longest elements of a piece at most
   */
  public MergedAxes set(
      Strided first, Strided second, Strided third, int from, int to, int longest) {
    reserve(to - from);
    firstOffset = first.offset();
    secondOffset = second.offset();
    thirdOffset = third.offset();
    int kept = 0;
    for (int axis = from; axis < to; axis++) {
      int size = first.size(axis);
      if (size == 1) {
        continue;
      }
      if (kept > 0
          && p[kept - 1] == first.stride(axis) * size
          && q[kept - 1] == second.stride(axis) * size
          && r[kept - 1] == third.stride(axis) * size) {
        kept--;
        sizes[kept] *= size;
      } else {
        sizes[kept] = size;
      }
      p[kept] = first.stride(axis);
      q[kept] = second.stride(axis);
      r[kept] = third.stride(axis);
      kept++;
    }
    if (kept == 0) {
      sizes[0] = 1;
      p[0] = 1;
      q[0] = 1;
      r[0] = 1;
      kept = 1;
    }
    rank = kept;
    // Where nothing is seen, a stride may lead outside the buffer: no run may be visited.
    runs = Math.min(1, length());
    for (int i = 0; i < rank - 1; i++) {
      runs *= sizes[i];
    }
    block = longest;
    piecesOfRun = length() <= block ? 1 : (length() + block - 1) / block;
    return this;
  }

  private void reserve(int axes) {
    if (axes > sizes.length) {
      sizes = new int[axes];
      p = new int[axes];
      q = new int[axes];
      r = new int[axes];
    }
  }

  /** Elements of one run. */
  public int length() {
    return sizes[rank - 1];
  }

  /** Number of runs; 0 if there is no element. */
  public int runs() {
    return runs;
  }

  /** Number of pieces, in row order; each lies within one run. */
  public int pieces() {
    return runs * piecesOfRun;
  }

  /** Elements of one piece. */
  public int length(int piece) {
    return piecesOfRun == 1 ? length() : Math.min(block, length() - piece % piecesOfRun * block);
  }

  /** Step inside a run of the first view. */
  public int firstStep() {
    return p[rank - 1];
  }

  /** Step inside a run of the second view. */
  public int secondStep() {
    return q[rank - 1];
  }

  /** Step inside a run of the third view. */
  public int thirdStep() {
    return r[rank - 1];
  }

  /** Where the first view's piece begins. */
  public int first(int piece) {
    return firstOffset + position(piece, p);
  }

  /** Where the second view's piece begins. */
  public int second(int piece) {
    return secondOffset + position(piece, q);
  }

  /** Where the third view's piece begins. */
  public int third(int piece) {
    return thirdOffset + position(piece, r);
  }

  /** The number of a piece's first element, counted in row order. */
  public int number(int piece) {
    return piecesOfRun == 1
        ? piece * length()
        : piece / piecesOfRun * length() + piece % piecesOfRun * block;
  }

  private int position(int piece, int[] steps) {
    int at = 0;
    int rest = piece;
    if (piecesOfRun > 1) {
      rest = piece / piecesOfRun;
      at = (piece - rest * piecesOfRun) * block * steps[rank - 1];
    }
    for (int axis = rank - 2; axis > 0; axis--) {
      int outer = rest / sizes[axis];
      at += (rest - outer * sizes[axis]) * steps[axis];
      rest = outer;
    }
    return rank > 1 ? at + rest * steps[0] : at;
  }

  /** Visits runs {@code from} (inclusive) to {@code to} in row order; runs must not be cut. */
  public void runs(int from, int to, Run run) {
    for (int i = from; i < to; i++) {
      run.at(first(i), second(i), third(i), length());
    }
  }
}
