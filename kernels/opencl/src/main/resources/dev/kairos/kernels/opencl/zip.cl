// SPDX-License-Identifier: Apache-2.0
inline float zip_NAME_of(const float x, const float y) {
  return EXPRESSION;
}

kernel void zip_NAME_flat(global const float *left, global const float *right, global float *out,
                          const int from, const int other, const int to, const int count) {
  const int i = get_global_id(0);
  if (i < count) {
    out[to + i] = zip_NAME_of(left[from + i], right[other + i]);
  }
}

kernel void zip_NAME_rows(global const float *left, global const float *right, global float *out,
                          const int count, const Walk w) {
  const int i = get_global_id(0);
  if (i < count) {
    const int from = row_place(&w, 0, get_global_id(1));
    const int other = row_place(&w, 1, get_global_id(1));
    out[row_place(&w, 2, get_global_id(1)) + i] =
        zip_NAME_of(OF_ROW(left, w, 0, from, i), OF_ROW(right, w, 1, other, i));
  }
}

kernel void zip_NAME(global const float *left, global const float *right, global float *out,
                     const int count, const Walk w) {
  const int i = get_global_id(0);
  if (i < count) {
    out[place(&w, 2, i)] = zip_NAME_of(left[place(&w, 0, i)], right[place(&w, 1, i)]);
  }
}
