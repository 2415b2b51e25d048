// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

/** Numbers at equal distances. */
final class Ranges {
  private Ranges() {}

  static int[] whole(int start, int end, int step) {
    long distance = (long) end - start;
    double count = step == 0 ? Double.NaN : Math.ceil(distance / (double) step);
    int[] values = new int[checked("arange(" + start + ", " + end + ", " + step + ")", count)];
    for (int i = 0; i < values.length; i++) {
      values[i] = start + i * step;
    }
    return values;
  }

  static double[] reals(double start, double end, double step) {
    double count = step == 0 ? Double.NaN : Math.ceil((end - start) / step);
    int n = checked("arange(" + start + ", " + end + ", " + step + ")", count);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = start + i * step;
    }
    return values;
  }

  static double[] between(double first, double last, int count) {
    if (count < 0) {
      throw new ShapeException("linspace: the count must not be negative: " + count);
    }
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      double share = count == 1 ? 0 : i / (count - 1.0);
      values[i] = first * (1 - share) + last * share; // both ends exactly
    }
    return values;
  }

  /** A number of elements; none where it is negative. */
  private static int checked(String call, double count) {
    if (!(count <= Integer.MAX_VALUE)) {
      throw new ShapeException(
          call
              + ": needs a step that is not 0 and leads from the start to the end in fewer than"
              + " 2^31 steps");
    }
    return (int) Math.max(0, count);
  }
}
