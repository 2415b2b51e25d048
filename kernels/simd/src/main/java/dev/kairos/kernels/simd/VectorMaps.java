// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import static dev.kairos.kernels.simd.Lanes.COUNT;
import static dev.kairos.kernels.simd.Lanes.FLOAT;

import dev.kairos.kernels.MapFunction;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link MapFunction}s over whole vectors: n is a multiple of {@link Lanes#COUNT}. Each function
 * has a loop of its own, so that the compiler sees which one it is; one without a loop here follows
 * its definition.
 */
final class VectorMaps {
  private VectorMaps() {}

  static void run(MapFunction f, float a, float b, float[] x, int xo, float[] out, int oo, int n) {
    switch (f) {
      case AFFINE -> affine(a, b, x, xo, out, oo, n);
      case ABS -> abs(x, xo, out, oo, n);
      case SIGN -> sign(x, xo, out, oo, n);
      case EXP -> VectorMath.exp(x, xo, out, oo, n);
      case LOG -> VectorMath.log(x, xo, out, oo, n);
      case SQRT -> sqrt(x, xo, out, oo, n);
      case RECIPROCAL -> reciprocal(x, xo, out, oo, n);
      case POWER -> power(a, x, xo, out, oo, n);
      case SIGMOID -> VectorMath.sigmoid(x, xo, out, oo, n);
      case SWISH -> VectorMath.swish(a, x, xo, out, oo, n);
      case SWISH_SLOPE -> VectorMath.swishSlope(a, x, xo, out, oo, n);
      case SIGMOID_SLOPE -> sigmoidSlope(x, xo, out, oo, n);
      case TANH -> VectorMath.tanh(x, xo, out, oo, n);
      case TANH_SLOPE -> tanhSlope(x, xo, out, oo, n);
      case SOFTPLUS -> VectorMath.softplus(x, xo, out, oo, n);
      case LEAKY_RELU -> leakyRelu(a, x, xo, out, oo, n);
      case STEP -> step(a, b, x, xo, out, oo, n);
      case CLAMP -> clamp(a, b, x, xo, out, oo, n);
      case BETWEEN -> between(a, b, x, xo, out, oo, n);
      default -> defined(f, a, b, x, xo, out, oo, n);
    }
  }

  private static void affine(float a, float b, float[] x, int xo, float[] out, int oo, int n) {
    FloatVector scale = FloatVector.broadcast(FLOAT, a);
    FloatVector shift = FloatVector.broadcast(FLOAT, b);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i);
      v.fma(scale, shift).intoArray(out, oo + i);
    }
  }

  private static void abs(float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i);
      v.abs().intoArray(out, oo + i);
    }
  }

  private static void sign(float[] x, int xo, float[] out, int oo, int n) {
    FloatVector zero = FloatVector.broadcast(FLOAT, 0f);
    FloatVector one = FloatVector.broadcast(FLOAT, 1f);
    FloatVector minusOne = FloatVector.broadcast(FLOAT, -1f);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i);
      VectorMask<Float> above = v.compare(VectorOperators.GT, zero);
      VectorMask<Float> below = v.compare(VectorOperators.LT, zero);
      zero.blend(one, above).blend(minusOne, below).intoArray(out, oo + i);
    }
  }

  private static void sqrt(float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i);
      v.sqrt().intoArray(out, oo + i);
    }
  }

  private static void reciprocal(float[] x, int xo, float[] out, int oo, int n) {
    FloatVector one = FloatVector.broadcast(FLOAT, 1f);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i);
      one.div(v).intoArray(out, oo + i);
    }
  }

  /** By its definition; a square is exact there and needs no more than one product. */
  private static void power(float a, float[] x, int xo, float[] out, int oo, int n) {
    if (a == 2f) {
      square(x, xo, out, oo, n);
    } else {
      defined(MapFunction.POWER, a, 0, x, xo, out, oo, n);
    }
  }

  /** In double, element by element. */
  private static void defined(
      MapFunction f, float a, float b, float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = (float) f.apply(x[xo + i], a, b);
    }
  }

  private static void square(float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i);
      v.mul(v).intoArray(out, oo + i);
    }
  }

  private static void sigmoidSlope(float[] x, int xo, float[] out, int oo, int n) {
    FloatVector one = FloatVector.broadcast(FLOAT, 1f);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i);
      v.mul(one.sub(v)).intoArray(out, oo + i);
    }
  }

  private static void tanhSlope(float[] x, int xo, float[] out, int oo, int n) {
    FloatVector one = FloatVector.broadcast(FLOAT, 1f);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i);
      one.sub(v).mul(v.add(1f)).intoArray(out, oo + i);
    }
  }

  private static void relu(float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i);
      v.blend(0f, v.compare(VectorOperators.LE, 0f)).intoArray(out, oo + i);
    }
  }

  private static void leakyRelu(float a, float[] x, int xo, float[] out, int oo, int n) {
    if (a == 0) {
      relu(x, xo, out, oo, n);
      return;
    }
    FloatVector slope = FloatVector.broadcast(FLOAT, a);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i);
      VectorMask<Float> above = v.compare(VectorOperators.GT, 0f);
      v.mul(slope).blend(v, above).intoArray(out, oo + i);
    }
  }

  private static void step(float a, float b, float[] x, int xo, float[] out, int oo, int n) {
    FloatVector low = FloatVector.broadcast(FLOAT, a);
    FloatVector high = FloatVector.broadcast(FLOAT, b);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i);
      low.blend(high, v.compare(VectorOperators.GT, 0f)).intoArray(out, oo + i);
    }
  }

  private static void clamp(float a, float b, float[] x, int xo, float[] out, int oo, int n) {
    FloatVector low = FloatVector.broadcast(FLOAT, a);
    FloatVector high = FloatVector.broadcast(FLOAT, b);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i);
      VectorMask<Float> below = v.compare(VectorOperators.LT, low);
      VectorMask<Float> above = v.compare(VectorOperators.GT, high);
      v.blend(high, above).blend(low, below).intoArray(out, oo + i);
    }
  }

  private static void between(float a, float b, float[] x, int xo, float[] out, int oo, int n) {
    FloatVector low = FloatVector.broadcast(FLOAT, a);
    FloatVector high = FloatVector.broadcast(FLOAT, b);
    FloatVector zero = FloatVector.broadcast(FLOAT, 0f);
    FloatVector one = FloatVector.broadcast(FLOAT, 1f);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOAT, x, xo + i);
      VectorMask<Float> from = v.compare(VectorOperators.GE, low);
      VectorMask<Float> to = v.compare(VectorOperators.LE, high);
      zero.blend(one, from.and(to)).intoArray(out, oo + i);
    }
  }
}
