// SPDX-License-Identifier: Apache-2.0
// What functions of elements are written with. The kernels are made of the templates map.cl, zip.cl
// and reduce.cl, one set for each function of the operation table (ElementwiseSource.java); those
// called "flat" are for elements that follow each other in all views, those called "rows" for rows of
// such elements, the second axis of work items.

inline float sigmoid_of(const float x) {
  const float e = exp(-fabs(x));
  return x >= 0.0f ? 1.0f / (1.0f + e) : x < 0.0f ? e / (1.0f + e) : x;
}

inline float swish_of(const float x, const float a) {
  const float share = sigmoid_of(a * x);
  return share == 0.0f ? 0.0f : x * share;
}

inline float swish_slope_of(const float t) {
  // Beyond 1000 the product below is 0, but not where t is infinite.
  const float near = t < -1000.0f ? -1000.0f : t > 1000.0f ? 1000.0f : t;
  return sigmoid_of(t) * (1.0f + near * sigmoid_of(-near));
}

inline float power_of(const float x, const float a) {
  return x == 1.0f || a == 0.0f ? 1.0f : a == 1.0f ? x : a == 2.0f ? x * x : pow(x, a);
}

// Some drivers stop one unit short of 1.
inline float tanh_of(const float x) {
  return fabs(x) > 10.0f ? copysign(1.0f, x) : tanh(x);
}

// Of two zeros the positive one is larger.
inline float larger_of(const float x, const float y) {
  return x == y ? (signbit(x) ? y : x) : (x > y || isnan(x)) ? x : y;
}

inline float smaller_of(const float x, const float y) {
  return x == y ? (signbit(x) ? x : y) : (x < y || isnan(x)) ? x : y;
}

inline float gated(const float x, const float y) {
  return x == 0.0f ? 0.0f : x * y;
}

inline float multiplied(const float x, const float y) {
  return x * y;
}
