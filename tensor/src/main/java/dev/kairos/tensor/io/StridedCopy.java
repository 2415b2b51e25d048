// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.io;

/** Elements of a view brought into C order. */
final class StridedCopy {
  private StridedCopy() {}

  /** A new array of a type, with the elements that strides lead to. */
  static Object of(ElementType type, Object elements, int offset, int[] lengths, long[] strides) {
    int count = Shapes.size(lengths);
    Object copy = ElementCodec.newArray(type, count);
    if (count == 0) {
      return copy;
    }
    int run = run(lengths, strides);
    int[] index = new int[lengths.length];
    int axes = lengths.length;
    for (int left = run; left > 1; ) { // the axes that a run covers
      left /= lengths[--axes];
    }
    long from = offset;
    for (int to = 0; to < count; to += run) {
      System.arraycopy(elements, Math.toIntExact(from), copy, to, run);
      for (int axis = axes - 1; axis >= 0; axis--) {
        from += strides[axis];
        if (++index[axis] < lengths[axis]) {
          break;
        }
        from -= index[axis] * strides[axis];
        index[axis] = 0;
      }
    }
    return copy;
  }

  /** How many elements lie one after the other, all of the last axes. */
  private static int run(int[] lengths, long[] strides) {
    int run = 1;
    for (int axis = lengths.length - 1; axis >= 0; axis--) {
      if (strides[axis] != run && lengths[axis] > 1) {
        return run;
      }
      run *= lengths[axis];
    }
    return run;
  }
}
