// SPDX-License-Identifier: Apache-2.0
// The largest of a row.

// Larger for larger numbers; equal for zeros of either sign, largest for any NaN.
inline uint order_of(const float x) {
  if (isnan(x)) {
    return 0xFFFFFFFFu;
  }
  const uint bits = as_uint(x + 0.0f);
  return (bits >> 31) ? ~bits : bits | 0x80000000u;
}

// The k-th largest number of each row, in the order of order_of: bit by bit, by counting.
ROW top_threshold(global const float *in, global uint *thresholds, const int n, const int k,
                  const int step, const Walk heads) {
  PLACES(int)
  const int from = START(0);
  uint threshold = 0;
  for (int bit = 31; bit >= 0; bit--) {
    const uint tried = threshold | (1u << bit);
    int atLeast = 0;
    for (EACH(i)) {
      atLeast += order_of(in[from + i * step]) >= tried;
    }
    threshold = JOINED_COUNT(atLeast) >= k ? tried : threshold;
  }
  if (get_local_id(0) == 0) {
    thresholds[get_group_id(0)] = threshold;
  }
}

// One work item a number: its rank among those of its row that may be chosen.
kernel void top_ranks(global const float *in, global const uint *thresholds, global int *out,
                      const int n, const int k, const int step, const int outStep,
                      const Walk heads) {
  const int i = get_global_id(0);
  const int row = get_global_id(1);
  if (i < n) {
    const int from = place(&heads, 0, row);
    const uint mine = order_of(in[from + i * step]);
    if (mine >= thresholds[row]) {
      int rank = 0;
      for (int j = 0; j < n; j++) {
        const uint other = order_of(in[from + j * step]);
        rank += other > mine || (other == mine && j < i);
      }
      if (rank < k) {
        out[place(&heads, 1, row) + rank * outStep] = i;
      }
    }
  }
}
