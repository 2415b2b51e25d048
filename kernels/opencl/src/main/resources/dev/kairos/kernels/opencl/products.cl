// SPDX-License-Identifier: Apache-2.0
// Matrix products and convolutions over time. A convolution is a product whose left rows are
// windows of a recording: what differs is where an element lies, which LEFT_.. and RIGHT_.. say;
// no copy of the windows is made. Sums are added in runs of p.depth, one after the other, so that
// a long product keeps its digits.

#define PRODUCT_BATCHES 3

typedef struct {
  int m, n, k;      // out [m, n], each the sum of k products
  int depth;        // products of a run
  int splits;       // parts of k that are summed apart, into a buffer [batch, splits, m, n]
  int accumulate;   // whether to add to what is there
  int batchRank;
  int batchSize[PRODUCT_BATCHES];
  int aAt, aRow, aColumn, aBatch[PRODUCT_BATCHES];
  int bAt, bRow, bColumn, bBatch[PRODUCT_BATCHES];
  int cAt, cRow, cBatch[PRODUCT_BATCHES];
  // Of a convolution: input steps, output steps, channels that follow each other in a row of the
  // left factor, output steps from one input step on, padding, distance of taps.
  int time, outTime, channels, stride, padding, dilation;
} Product;

// A kernel ends its parameters with PRODUCT and begins with TAKE_PRODUCT: the structure is an
// argument by itself, or where a driver hands over only arrays and single numbers, in an array.
#ifdef PRODUCT_IN_ARRAY
#define PRODUCT global const int *numbers
#define TAKE_PRODUCT const Product p = *(global const Product *) numbers;
#else
#define PRODUCT const Product p
#define TAKE_PRODUCT
#endif

inline int batch_at(const int batch, const Product *p, const int *steps) {
  int at = 0;
  int rest = batch;
  for (int axis = p->batchRank - 1; axis >= 0; axis--) {
    const int outer = rest / p->batchSize[axis];
    at += (rest - outer * p->batchSize[axis]) * steps[axis];
    rest = outer;
  }
  return at;
}

// A view as it is.
inline float left_matrix(global const float *a, const int at, const int i, const int k,
                         const Product *p) {
  return a[at + i * p->aRow + k * p->aColumn];
}

// Row i is output step i, column k is tap k / channels of channel k % channels.
inline float left_windows(global const float *a, const int at, const int i, const int k,
                          const Product *p) {
  const int tap = k / p->channels;
  const int step = i * p->stride + tap * p->dilation - p->padding;
  return step >= 0 && step < p->time ? a[at + step * p->channels + (k - tap * p->channels)] : 0.0f;
}

// Row i is input step i, column k is tap k / channels of the output channel k % channels.
inline float left_readers(global const float *a, const int at, const int i, const int k,
                          const Product *p) {
  const int tap = k / p->channels;
  const int from = i + p->padding - tap * p->dilation;
  const int step = from / p->stride;
  return from >= 0 && step * p->stride == from && step < p->outTime
             ? a[at + step * p->channels + (k - tap * p->channels)]
             : 0.0f;
}

// Row i is tap i / channels of channel i % channels, column k is output step k % outTime of
// recording k / outTime.
inline float left_taps(global const float *a, const int at, const int i, const int k,
                       const Product *p) {
  const int tap = i / p->channels;
  const int recording = k / p->outTime;
  const int step =
      (k - recording * p->outTime) * p->stride + tap * p->dilation - p->padding;
  return step >= 0 && step < p->time
             ? a[at + (recording * p->time + step) * p->channels + (i - tap * p->channels)]
             : 0.0f;
}

inline float right_matrix(global const float *b, const int at, const int k, const int j,
                          const Product *p) {
  return b[at + k * p->bRow + j * p->bColumn];
}

// Row k is tap k / channels of the output channel k % channels, of weights [taps, n, channels].
inline float right_turned(global const float *b, const int at, const int k, const int j,
                          const Product *p) {
  const int tap = k / p->channels;
  return b[at + (tap * p->n + j) * p->channels + (k - tap * p->channels)];
}

#define RUN_BEGIN(p, split) ((int) ((long) p.k * (split) / p.splits))
