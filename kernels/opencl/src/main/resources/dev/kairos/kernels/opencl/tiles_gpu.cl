// SPDX-License-Identifier: Apache-2.0
// For a graphics processor: a work group of ITEMS_M x ITEMS_N items brings TILE_K columns of
// TILE_M rows and TILE_K rows of TILE_N columns into local memory at a time, and each item keeps
// WORK_M x WORK_N outputs in registers. Outputs of an item lie ITEMS_M and ITEMS_N apart, so that
// neighbouring items read and write neighbouring elements.

#define WORK_M (TILE_M / ITEMS_M)
#define WORK_N (TILE_N / ITEMS_N)
#define GROUP (ITEMS_M * ITEMS_N)

// Barriers stand in uniform control flow: what lies outside is loaded as 0 and not written.
#define TILES(NAME, LEFT, RIGHT)                                                              \
  kernel __attribute__((reqd_work_group_size(ITEMS_N, ITEMS_M, 1)))                           \
  void NAME(global const float *a, global const float *b, global float *out,                 \
            PRODUCT) {                                                                        \
    TAKE_PRODUCT                                                                              \
    local float as[TILE_K][TILE_M + 1];                                                       \
    local float bs[TILE_K][TILE_N + 1];                                                       \
    const int tx = get_local_id(0);                                                           \
    const int ty = get_local_id(1);                                                           \
    const int me = ty * ITEMS_N + tx;                                                         \
    const int column = get_group_id(0) * TILE_N;                                              \
    const int row = get_group_id(1) * TILE_M;                                                 \
    const int batch = get_group_id(2) / p.splits;                                             \
    const int split = get_group_id(2) - batch * p.splits;                                     \
    const int aAt = p.aAt + batch_at(batch, &p, p.aBatch);                                    \
    const int bAt = p.bAt + batch_at(batch, &p, p.bBatch);                                    \
    global float *c =                                                                         \
        out + (p.splits > 1 ? (batch * p.splits + split) * p.m * p.cRow                       \
                            : p.cAt + batch_at(batch, &p, p.cBatch));                         \
    const int end = RUN_BEGIN(p, split + 1);                                                  \
    int begin = RUN_BEGIN(p, split);                                                          \
    int adds = p.accumulate;                                                                  \
    float sums[WORK_M][WORK_N];                                                               \
    do {                                                                                      \
      const int last = min(end, begin + p.depth);                                             \
      for (int i = 0; i < WORK_M; i++) {                                                      \
        for (int j = 0; j < WORK_N; j++) {                                                    \
          sums[i][j] = 0.0f;                                                                  \
        }                                                                                     \
      }                                                                                       \
      for (int from = begin; from < last; from += TILE_K) {                                   \
        for (int e = me; e < TILE_M * TILE_K; e += GROUP) {                                   \
          const int k = p.aColumn == 1 ? e % TILE_K : e / TILE_M;                             \
          const int i = p.aColumn == 1 ? e / TILE_K : e % TILE_M;                             \
          as[k][i] = row + i < p.m && from + k < last                                         \
                         ? LEFT(a, aAt, row + i, from + k, &p) : 0.0f;                        \
        }                                                                                     \
        for (int e = me; e < TILE_N * TILE_K; e += GROUP) {                                   \
          const int k = p.bColumn == 1 ? e / TILE_N : e % TILE_K;                             \
          const int j = p.bColumn == 1 ? e % TILE_N : e / TILE_K;                             \
          bs[k][j] = column + j < p.n && from + k < last                                      \
                         ? RIGHT(b, bAt, from + k, column + j, &p) : 0.0f;                    \
        }                                                                                     \
        barrier(CLK_LOCAL_MEM_FENCE);                                                         \
        for (int k = 0; k < TILE_K; k++) {                                                    \
          float u[WORK_M];                                                                    \
          for (int i = 0; i < WORK_M; i++) {                                                  \
            u[i] = as[k][ty + i * ITEMS_M];                                                   \
          }                                                                                   \
          for (int j = 0; j < WORK_N; j++) {                                                  \
            const float v = bs[k][tx + j * ITEMS_N];                                          \
            for (int i = 0; i < WORK_M; i++) {                                                \
              sums[i][j] = fma(u[i], v, sums[i][j]);                                          \
            }                                                                                 \
          }                                                                                   \
        }                                                                                     \
        barrier(CLK_LOCAL_MEM_FENCE);                                                         \
      }                                                                                       \
      for (int i = 0; i < WORK_M; i++) {                                                      \
        const int r = row + ty + i * ITEMS_M;                                                 \
        for (int j = 0; j < WORK_N; j++) {                                                    \
          const int s = column + tx + j * ITEMS_N;                                            \
          if (r < p.m && s < p.n) {                                                           \
            global float *to = c + r * p.cRow + s;                                            \
            *to = (adds ? *to : 0.0f) + sums[i][j];                                           \
          }                                                                                   \
        }                                                                                     \
      }                                                                                       \
      adds = 1;                                                                               \
      begin = last;                                                                           \
    } while (begin < end);                                                                    \
  }

TILES(matmul, left_matrix, right_matrix)
TILES(conv1d, left_windows, right_matrix)
TILES(conv1d_input_gradient, left_readers, right_turned)
TILES(conv1d_weight_gradient, left_taps, right_matrix)
