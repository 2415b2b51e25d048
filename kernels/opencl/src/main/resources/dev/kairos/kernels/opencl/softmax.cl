// SPDX-License-Identifier: Apache-2.0
// Softmax of rows, its logarithm, and their gradients.

ROW row_softmax(global const float *x, global float *out, const float epsilon, const int n,
            const int xs, const int os, const Walk heads) {
  PLACES(float)
  const int from = START(0);
  const int to = START(1);
  float largest = -INFINITY;
  for (EACH(i)) {
    largest = larger_of(largest, x[from + i * xs]);
  }
  largest = JOINED_LARGEST(largest);
  float sum = 0.0f;
  for (EACH(i)) {
    sum += exp(x[from + i * xs] - largest);
  }
  sum = JOINED_SUM(sum);
  for (EACH(i)) {
    out[to + i * os] = exp(x[from + i * xs] - largest) / sum;
  }
}

ROW row_log_softmax(global const float *x, global float *out, const float epsilon, const int n,
                const int xs, const int os, const Walk heads) {
  PLACES(float)
  const int from = START(0);
  const int to = START(1);
  float largest = -INFINITY;
  for (EACH(i)) {
    largest = larger_of(largest, x[from + i * xs]);
  }
  largest = JOINED_LARGEST(largest);
  float sum = 0.0f;
  for (EACH(i)) {
    sum += exp(x[from + i * xs] - largest);
  }
  const float log_of_sum = log(JOINED_SUM(sum));
  for (EACH(i)) {
    out[to + i * os] = x[from + i * xs] - largest - log_of_sum;
  }
}

ROW row_softmax_gradient(global const float *y, global const float *dy, global float *dx,
                     const float epsilon, const int n, const int ys, const int ds, const int os,
                     const Walk heads) {
  PLACES(float)
  const int at = START(0);
  const int from = START(1);
  const int to = START(2);
  float sum = 0.0f;
  for (EACH(i)) {
    sum += dy[from + i * ds] * y[at + i * ys];
  }
  sum = JOINED_SUM(sum);
  for (EACH(i)) {
    dx[to + i * os] = y[at + i * ys] * (dy[from + i * ds] - sum);
  }
}

ROW row_log_softmax_gradient(global const float *y, global const float *dy, global float *dx,
                         const float epsilon, const int n, const int ys, const int ds,
                         const int os, const Walk heads) {
  PLACES(float)
  const int at = START(0);
  const int from = START(1);
  const int to = START(2);
  float sum = 0.0f;
  for (EACH(i)) {
    sum += dy[from + i * ds];
  }
  sum = JOINED_SUM(sum);
  for (EACH(i)) {
    dx[to + i * os] = dy[from + i * ds] - exp(y[at + i * ys]) * sum;
  }
}
