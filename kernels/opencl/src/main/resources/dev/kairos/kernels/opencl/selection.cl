// SPDX-License-Identifier: Apache-2.0
// Rows by number, and interpolation along time.

#pragma OPENCL FP_CONTRACT OFF

// Sizes and strides of the [outer, rows, inner] operands, and of the [outer, m] indices.
typedef struct {
  int outer, n, m, inner;
  int inAt, inOuter, inRow, inInner;
  int indexAt, indexOuter, indexRow;
  int outAt, outOuter, outRow, outInner;
} Places;

kernel void gather(global const float *in, global const int *indices, global float *out,
                   const Places p) {
  const int element = get_global_id(0);
  if (element < p.outer * p.m * p.inner) {
    const int c = element % p.inner;
    const int j = element / p.inner % p.m;
    const int a = element / p.inner / p.m;
    const int row = indices[p.indexAt + a * p.indexOuter + j * p.indexRow];
    out[p.outAt + a * p.outOuter + j * p.outRow + c * p.outInner] =
        in[p.inAt + a * p.inOuter + row * p.inRow + c * p.inInner];
  }
}

// One work item for a column, so that what falls on one place is added in the order of rows.
kernel void scatter(global const float *in, global const int *indices, global float *out,
                    const Places p) {
  const int column = get_global_id(0);
  if (column < p.outer * p.inner) {
    const int c = column % p.inner;
    const int a = column / p.inner;
    for (int j = 0; j < p.m; j++) {
      const int row = indices[p.indexAt + a * p.indexOuter + j * p.indexRow];
      out[p.outAt + a * p.outOuter + row * p.outRow + c * p.outInner] +=
          in[p.inAt + a * p.inOuter + j * p.inRow + c * p.inInner];
    }
  }
}

// Row i of `to` reads at (i + 0.5) from / to - 0.5, clamped to [0, from - 1]; in whole numbers,
// (2 i + 1) from - to over 2 to.
inline int lower_row(const int i, const int from, const int to) {
  const long at = (2L * i + 1) * from - to;
  return at <= 0 ? 0 : min((int) (at / (2L * to)), from - 1);
}

inline float fraction_of(const int i, const int from, const int to) {
  const long at = (2L * i + 1) * from - to;
  const long rest = at % (2L * to);
  return at <= 0 || at / (2L * to) >= from - 1 ? 0.0f : (float) rest / (float) (2L * to);
}

// n rows become m.
kernel void resample(global const float *in, global float *out, const Places p) {
  const int element = get_global_id(0);
  if (element < p.outer * p.m * p.inner) {
    const int c = element % p.inner;
    const int i = element / p.inner % p.m;
    const int a = element / p.inner / p.m;
    const int lower = lower_row(i, p.n, p.m);
    const int upper = min(lower + 1, p.n - 1);
    const float share = fraction_of(i, p.n, p.m);
    const int at = p.inAt + a * p.inOuter + c * p.inInner;
    out[p.outAt + a * p.outOuter + i * p.outRow + c * p.outInner] =
        (1.0f - share) * in[at + lower * p.inRow] + share * in[at + upper * p.inRow];
  }
}

// m rows are added to the n that they were read from; one work item for one of the n.
kernel void resample_transpose(global const float *in, global float *out, const Places p) {
  const int element = get_global_id(0);
  if (element < p.outer * p.n * p.inner) {
    const int c = element % p.inner;
    const int row = element / p.inner % p.n;
    const int a = element / p.inner / p.n;
    // Those that read at more than row - 1 and less than row + 1, and those clamped to the ends.
    const long first = ((2L * row - 1) * p.m) / (2L * p.n) - 1;
    const long last = ((2L * row + 3) * p.m) / (2L * p.n) + 1;
    const int begin = row == 0 ? 0 : (int) max(0L, first);
    const int end = row == p.n - 1 ? p.m - 1 : (int) min((long) p.m - 1, last);
    const int at = p.inAt + a * p.inOuter + c * p.inInner;
    float sum = 0.0f;
    for (int i = begin; i <= end; i++) {
      const int lower = lower_row(i, p.n, p.m);
      const float share = fraction_of(i, p.n, p.m);
      const float x = in[at + i * p.inRow];
      if (lower == row) {
        sum += (1.0f - share) * x;
      }
      if (min(lower + 1, p.n - 1) == row) {
        sum += share * x;
      }
    }
    out[p.outAt + a * p.outOuter + row * p.outRow + c * p.outInner] += sum;
  }
}
