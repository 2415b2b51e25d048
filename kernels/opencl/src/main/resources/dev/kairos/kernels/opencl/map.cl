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

kernel void map_NAME_rows(global const float *in, global float *out, const float a,
                          const float b, const int count, const Walk w) {
  const int i = get_global_id(0);
  if (i < count) {
    const int from = row_place(&w, 0, get_global_id(1));
    out[row_place(&w, 1, get_global_id(1)) + i] = NAME_of(OF_ROW(in, w, 0, from, i), a, b);
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

kernel void times_NAME_rows(global const float *in, global const float *by, global float *out,
                            const float a, const float b, const int count, const Walk w) {
  const int i = get_global_id(0);
  if (i < count) {
    const int from = row_place(&w, 0, get_global_id(1));
    const int other = row_place(&w, 1, get_global_id(1));
    out[row_place(&w, 2, get_global_id(1)) + i] =
        TIMES(NAME_of(OF_ROW(in, w, 0, from, i), a, b), OF_ROW(by, w, 1, other, i));
  }
}

kernel void times_NAME(global const float *in, global const float *by, global float *out,
                       const float a, const float b, const int count, const Walk w) {
  const int i = get_global_id(0);
  if (i < count) {
    out[place(&w, 2, i)] = TIMES(NAME_of(in[place(&w, 0, i)], a, b), by[place(&w, 1, i)]);
  }
}
