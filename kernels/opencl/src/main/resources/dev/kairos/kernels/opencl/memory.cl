// SPDX-License-Identifier: Apache-2.0
// Filling and copying, one work item an element.

kernel void fill(global float *out, const float value, const int count, const Walk w) {
  const int i = get_global_id(0);
  if (i < count) {
    out[place(&w, 0, i)] = value;
  }
}

// Bits, so that whole numbers and every NaN arrive as they are.
kernel void copy(global const uint *in, global uint *out, const int count, const Walk w) {
  const int i = get_global_id(0);
  if (i < count) {
    out[place(&w, 1, i)] = in[place(&w, 0, i)];
  }
}

kernel void copy_rows(global const uint *in, global uint *out, const int count, const Walk w) {
  const int i = get_global_id(0);
  if (i < count) {
    const int from = row_place(&w, 0, get_global_id(1));
    out[row_place(&w, 1, get_global_id(1)) + i] = OF_ROW(in, w, 0, from, i);
  }
}
