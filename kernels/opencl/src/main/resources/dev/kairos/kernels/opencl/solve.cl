// SPDX-License-Identifier: Apache-2.0
// Small systems by elimination with partial pivoting, in double precision: one work item a matrix.

#pragma OPENCL FP_CONTRACT OFF

kernel void unmark(global int *marks) {
  marks[get_global_id(0)] = INT_MAX;
}

#ifdef DOUBLES
#pragma OPENCL EXTENSION cl_khr_fp64 : enable

typedef struct {
  int batch, n, m;
  int aAt, aBatch, aRow, aColumn;
  int bAt, bBatch, bRow, bColumn;
  int outAt, outBatch, outRow, outColumn;
} System;

// Whether an element is no more than the rounding errors of the terms it is a sum of.
inline int is_rounding(global const double *a, const int n, const int row, const int column) {
  const double value = fabs(a[row * n + column]);
  double terms = value;
  for (int k = 0; k < column; k++) {
    terms += fabs(a[row * n + k] / a[k * n + k] * a[k * n + column]);
  }
  return isfinite(terms) && value <= 64.0 * n * 0x1p-52 * terms;
}

// Marks the first matrix that is singular: its number times n, and the column that depends on those
// before it.
kernel void solve(global const float *a, global const float *b, global float *out,
                  global double *scratch, global int *marks, const int slot, const System s) {
  const int batch = get_global_id(0);
  if (batch >= s.batch) {
    return;
  }
  const int n = s.n;
  const int m = s.m;
  global double *left = scratch + (size_t) batch * (n * n + n * m);
  global double *right = left + n * n;
  for (int i = 0; i < n; i++) {
    for (int j = 0; j < n; j++) {
      left[i * n + j] = a[s.aAt + batch * s.aBatch + i * s.aRow + j * s.aColumn];
    }
    for (int j = 0; j < m; j++) {
      right[i * m + j] = b[s.bAt + batch * s.bBatch + i * s.bRow + j * s.bColumn];
    }
  }
  int found = -1;
  for (int column = 0; column < n && found < 0; column++) {
    int pivot = column;
    for (int row = column + 1; row < n; row++) {
      if (fabs(left[row * n + column]) > fabs(left[pivot * n + column])) {
        pivot = row;
      }
    }
    int vanishes = 1;
    for (int row = column; row < n && vanishes; row++) {
      vanishes = is_rounding(left, n, row, column);
    }
    if (vanishes) {
      found = column;
      continue;
    }
    if (pivot != column) {
      for (int j = 0; j < n; j++) {
        const double kept = left[column * n + j];
        left[column * n + j] = left[pivot * n + j];
        left[pivot * n + j] = kept;
      }
      for (int j = 0; j < m; j++) {
        const double kept = right[column * m + j];
        right[column * m + j] = right[pivot * m + j];
        right[pivot * m + j] = kept;
      }
    }
    for (int row = column + 1; row < n; row++) {
      const double factor = left[row * n + column] / left[column * n + column];
      for (int j = column + 1; j < n; j++) {
        left[row * n + j] -= factor * left[column * n + j];
      }
      for (int j = 0; j < m; j++) {
        right[row * m + j] -= factor * right[column * m + j];
      }
    }
  }
  for (int row = n - 1; row >= 0 && found < 0; row--) {
    for (int j = 0; j < m; j++) {
      double sum = right[row * m + j];
      for (int k = row + 1; k < n; k++) {
        sum -= left[row * n + k] * right[k * m + j];
      }
      right[row * m + j] = sum / left[row * n + row];
      out[s.outAt + batch * s.outBatch + row * s.outRow + j * s.outColumn] =
          (float) right[row * m + j];
    }
  }
  if (found >= 0) {
    atomic_min(marks + slot, batch * n + found);
  }
}
#endif
