// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import static dev.kairos.kernels.simd.Lanes.COUNT;
import static dev.kairos.kernels.simd.Lanes.FLOAT;

import dev.kairos.kernels.ZipFunction;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link ZipFunction}s over whole vectors: n is a multiple of {@link Lanes#COUNT}, and all operands
 * are adjacent. Each function has a loop of its own, so that the compiler sees which one it is; one
 * without a loop here follows its definition.
 */
final class VectorZips {
  private VectorZips() {}

  static void run(ZipFunction f, float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    switch (f) {
      case ADD -> add(x, xo, y, yo, out, oo, n);
      case SUBTRACT -> subtract(x, xo, y, yo, out, oo, n);
      case MULTIPLY -> multiply(x, xo, y, yo, out, oo, n);
      case GATE -> gate(x, xo, y, yo, out, oo, n);
      case DIVIDE -> divide(x, xo, y, yo, out, oo, n);
      case MAXIMUM -> maximum(x, xo, y, yo, out, oo, n);
      case MINIMUM -> minimum(x, xo, y, yo, out, oo, n);
      case GREATER -> greater(x, xo, y, yo, out, oo, n);
      case GREATER_EQUAL -> greaterEqual(x, xo, y, yo, out, oo, n);
      case EQUAL -> equal(x, xo, y, yo, out, oo, n);
      default -> defined(f, x, xo, y, yo, out, oo, n);
    }
  }

  /** In double, element by element. */
  private static void defined(
      ZipFunction f, float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = (float) f.apply(x[xo + i], y[yo + i]);
    }
  }

  private static void add(float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i);
      FloatVector w = FloatVector.fromArray(FLOAT, y, yo + i);
      v.add(w).intoArray(out, oo + i);
    }
  }

  private static void subtract(float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i);
      FloatVector w = FloatVector.fromArray(FLOAT, y, yo + i);
      v.sub(w).intoArray(out, oo + i);
    }
  }

  private static void multiply(float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i);
      FloatVector w = FloatVector.fromArray(FLOAT, y, yo + i);
      v.mul(w).intoArray(out, oo + i);
    }
  }

  private static void gate(float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i);
      FloatVector w = FloatVector.fromArray(FLOAT, y, yo + i);
      v.mul(w).blend(0f, v.compare(VectorOperators.EQ, 0f)).intoArray(out, oo + i);
    }
  }

  private static void divide(float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i);
      FloatVector w = FloatVector.fromArray(FLOAT, y, yo + i);
      v.div(w).intoArray(out, oo + i);
    }
  }

  private static void maximum(float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i);
      FloatVector w = FloatVector.fromArray(FLOAT, y, yo + i);
      v.max(w).intoArray(out, oo + i);
    }
  }

  private static void minimum(float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i);
      FloatVector w = FloatVector.fromArray(FLOAT, y, yo + i);
      v.min(w).intoArray(out, oo + i);
    }
  }

  private static void greater(float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    FloatVector zero = FloatVector.zero(FLOAT);
    FloatVector one = FloatVector.broadcast(FLOAT, 1f);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i);
      FloatVector w = FloatVector.fromArray(FLOAT, y, yo + i);
      zero.blend(one, v.compare(VectorOperators.GT, w)).intoArray(out, oo + i);
    }
  }

  private static void greaterEqual(
      float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    FloatVector zero = FloatVector.zero(FLOAT);
    FloatVector one = FloatVector.broadcast(FLOAT, 1f);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i);
      FloatVector w = FloatVector.fromArray(FLOAT, y, yo + i);
      zero.blend(one, v.compare(VectorOperators.GE, w)).intoArray(out, oo + i);
    }
  }

  private static void equal(float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    FloatVector zero = FloatVector.zero(FLOAT);
    FloatVector one = FloatVector.broadcast(FLOAT, 1f);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i);
      FloatVector w = FloatVector.fromArray(FLOAT, y, yo + i);
      zero.blend(one, v.compare(VectorOperators.EQ, w)).intoArray(out, oo + i);
    }
  }
}
