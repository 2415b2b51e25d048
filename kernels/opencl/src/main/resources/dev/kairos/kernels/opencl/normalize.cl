// SPDX-License-Identifier: Apache-2.0
// Normalised rows and their gradients. Rows are measured by their own largest element before anything
// is squared or summed, so that no scale overflows or vanishes.

// Below this share of a row's scale, a length adds nothing to the sum it belongs to.
#define NEGLIGIBLE 1e-18f


// NaN stays NaN.
inline float at_least(const float x, const float least) {
  return x < least ? least : x;
}

// How a row is centred: halved, so that no difference overflows, measured from its first element,
// by its scale, its largest distance from that; less the mean of what that gives.
typedef struct {
  float first, scale, mean;
} Centre;

inline float centred(const float x, const Centre c) {
  return (0.5f * x - c.first) / c.scale - c.mean;
}

#define CENTRE(c, x, from, xs, least)                                \
  Centre c;                                                          \
  c.first = 0.5f * x[from];                                          \
  c.mean = 0.0f;                                                     \
  c.scale = 0.0f;                                                    \
  for (EACH(i)) {                                                    \
    c.scale = larger_of(c.scale, fabs(0.5f * x[from + i * xs] - c.first)); \
  }                                                                  \
  c.scale = at_least(JOINED_LARGEST(c.scale), least);                \
  float c##_sum = 0.0f;                                              \
  for (EACH(i)) {                                                    \
    c##_sum += (0.5f * x[from + i * xs] - c.first) / c.scale;        \
  }                                                                  \
  c.mean = JOINED_SUM(c##_sum) * (1.0f / n);

// The standard deviation in the row's own scale; half_root is sqrt(epsilon) / 2.
#define DEVIATION(d, c, x, from, xs, half_root)                      \
  float d = 0.0f;                                                    \
  for (EACH(i)) {                                                    \
    const float distance = centred(x[from + i * xs], c);             \
    d += distance * distance;                                        \
  }                                                                  \
  d = JOINED_SUM(d) * (1.0f / n);                                    \
  d = sqrt(d + (half_root / c.scale) * (half_root / c.scale));

ROW row_normalize(global const float *x, global float *out, const float half_root, const int n,
              const int xs, const int os, const Walk heads) {
  PLACES(float)
  const int from = START(0);
  const int to = START(1);
  CENTRE(c, x, from, xs, half_root)
  DEVIATION(deviation, c, x, from, xs, half_root)
  for (EACH(i)) {
    out[to + i * os] = centred(x[from + i * xs], c) / deviation;
  }
}

ROW row_layer_norm(global const float *x, global const float *factor, global const float *addend,
               global float *out, const float half_root, const int n, const int xs, const int os,
               const int factorAt, const int addendAt, const Walk heads) {
  PLACES(float)
  const int from = START(0);
  const int to = START(1);
  CENTRE(c, x, from, xs, half_root)
  DEVIATION(deviation, c, x, from, xs, half_root)
  for (EACH(i)) {
    const float y = centred(x[from + i * xs], c) / deviation;
    out[to + i * os] = y * factor[factorAt + i] + addend[addendAt + i];
  }
}

// The scale and length of a row: scale is its largest absolute value, at least epsilon.
#define LENGTH(scale, length, x, from, xs, epsilon)                  \
  float scale = 0.0f;                                                \
  for (EACH(i)) {                                                    \
    scale = larger_of(scale, fabs(x[from + i * xs]));                \
  }                                                                  \
  scale = at_least(JOINED_LARGEST(scale), fmax(epsilon, FLT_MIN));   \
  scale = scale > FLT_MAX ? FLT_MAX : scale;                         \
  float length = 0.0f;                                               \
  for (EACH(i)) {                                                    \
    const float share = x[from + i * xs] / scale;                    \
    length += share * share;                                         \
  }                                                                  \
  length = sqrt(JOINED_SUM(length));

ROW row_l2_normalize(global const float *x, global float *out, const float epsilon, const int n,
                 const int xs, const int os, const Walk heads) {
  PLACES(float)
  const int from = START(0);
  const int to = START(1);
  LENGTH(scale, length, x, from, xs, epsilon)
  // Above that but where x and epsilon are 0: there 0 is divided by anything.
  const float s = at_least(length + epsilon / scale, NEGLIGIBLE);
  for (EACH(i)) {
    out[to + i * os] = x[from + i * xs] / scale / s;
  }
}

ROW row_normalize_gradient(global const float *x, global const float *dy, global float *dx,
                       const float half_root, const int n, const int xs, const int ds,
                       const int os, const Walk heads) {
  PLACES(float)
  const int at = START(0);
  const int from = START(1);
  const int to = START(2);
  CENTRE(c, x, at, xs, half_root)
  DEVIATION(deviation, c, x, at, xs, half_root)
  CENTRE(g, dy, from, ds, FLT_MIN)
  float along = 0.0f;
  for (EACH(i)) {
    along += centred(dy[from + i * ds], g) * (centred(x[at + i * xs], c) / deviation);
  }
  along = JOINED_SUM(along) * (1.0f / n);
  const float ratio = g.scale / c.scale;
  for (EACH(i)) {
    const float y = centred(x[at + i * xs], c) / deviation;
    dx[to + i * os] = (centred(dy[from + i * ds], g) - y * along) / deviation * ratio;
  }
}

ROW row_l2_normalize_gradient(global const float *x, global const float *dy, global float *dx,
                          const float epsilon, const int n, const int xs, const int ds,
                          const int os, const Walk heads) {
  PLACES(float)
  const int at = START(0);
  const int from = START(1);
  const int to = START(2);
  LENGTH(scale, length, x, at, xs, epsilon)
  const float whole = length + epsilon / scale;
  const float s = at_least(whole, NEGLIGIBLE);
  const float own = at_least(length, NEGLIGIBLE);
  float along = 0.0f;
  for (EACH(i)) {
    along += dy[from + i * ds] * (x[at + i * xs] / scale / own);
  }
  along = JOINED_SUM(along);
  for (EACH(i)) {
    const float y = x[at + i * xs] / scale / s;
    const float slope = (dy[from + i * ds] - y * along) / s / scale;
    // Nothing passes where x and epsilon are 0.
    dx[to + i * os] = whole == 0.0f ? 0.0f : slope;
  }
}
