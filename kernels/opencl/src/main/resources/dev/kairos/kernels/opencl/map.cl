// SPDX-License-Identifier: Apache-2.0
inline float NAME_of(const float x, const float a, const float b) {
  return EXPRESSION;
}

kernel void map_NAME_flat(global const float *in, global float *out, const float a, const float b,
                          const int from, const int to, const int count) {
  const int i = get_global_id(0);
  if (i < count) {
    out[to + i] = NAME_of(in[from + i], a, b);
  }
}

kernel void map_NAME(global const float *in, global float *out, const float a, const float b,
                     const int count, const Walk w) {
  const int i = get_global_id(0);
  if (i < count) {
    out[place(&w, 1, i)] = NAME_of(in[place(&w, 0, i)], a, b);
  }
}

kernel void times_NAME_flat(global const float *in, global const float *by, global float *out,
                            const float a, const float b, const int from, const int other,
                            const int to, const int count) {
  const int i = get_global_id(0);
  if (i < count) {
    out[to + i] = TIMES(NAME_of(in[from + i], a, b), by[other + i]);
  }
}

kernel void times_NAME(global const float *in, global const float *by, global float *out,
                       const float a, const float b, const int count, const Walk w) {
  const int i = get_global_id(0);
  if (i < count) {
    out[place(&w, 2, i)] = TIMES(NAME_of(in[place(&w, 0, i)], a, b), by[place(&w, 1, i)]);
  }
}
