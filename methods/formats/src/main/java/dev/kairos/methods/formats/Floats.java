// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.formats;

import java.math.BigInteger;

/** Numbers of any Java type as floats, and columns as rows. */
final class Floats {
  private Floats() {}

  /** The values of an array of primitive numbers, or of unsigned ones of 64 bits. */
  static float[] of(Object numbers) {
    if (numbers instanceof float[] floats) {
      return floats;
    }
    int count = java.lang.reflect.Array.getLength(numbers);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = value(numbers, i);
    }
    return values;
  }

  private static float value(Object numbers, int i) {
    if (numbers instanceof double[] doubles) {
      return (float) doubles[i];
    } else if (numbers instanceof long[] longs) {
      return longs[i];
    } else if (numbers instanceof int[] ints) {
      return ints[i];
    } else if (numbers instanceof short[] shorts) {
      return shorts[i];
    } else if (numbers instanceof byte[] bytes) {
      return bytes[i];
    }
    return ((BigInteger[]) numbers)[i].floatValue();
  }

  /** Values with the first axis fastest brought into C order. */
  static float[] fromColumns(float[] values, int[] shape) {
    float[] rows = new float[values.length];
    int[] index = new int[shape.length];
    for (float value : values) {
      int at = 0;
      for (int axis = 0; axis < shape.length; axis++) {
        at = at * shape[axis] + index[axis];
      }
      rows[at] = value;
      for (int axis = 0; axis < shape.length && ++index[axis] == shape[axis]; axis++) {
        index[axis] = 0;
      }
    }
    return rows;
  }
}
