// SPDX-License-Identifier: Apache-2.0
// For a processor: both factors are packed into panels, in which what one step of k needs lies
// together; then each work item keeps a block of PANEL_ROWS rows and two vectors of columns in
// registers. Panels are padded with zeros.

#define VECTOR_(w) float##w
#define VECTOR_OF(w) VECTOR_(w)
#define LOAD_(w) vload##w
#define LOAD_OF(w) LOAD_(w)
#define STORE_(w) vstore##w
#define STORE_OF(w) STORE_(w)
#define VECTOR VECTOR_OF(LANES)
#define LOAD LOAD_OF(LANES)
#define STORE STORE_OF(LANES)
#define PANEL_ROWS 6
#define PANEL_COLUMNS (2 * LANES)

// Rows [first, first + panels * PANEL_ROWS) of the left factor, [batch, panel, k, PANEL_ROWS].
#define PACK_LEFT(KIND)                                                                       \
  kernel void pack_##KIND(global const float *a, global float *packed, const int firstBatch,  \
                          const int firstRow, const int panels, PRODUCT) {                    \
    TAKE_PRODUCT                                                                              \
    const int k = get_global_id(0);                                                           \
    const int panel = get_global_id(1);                                                       \
    const int batch = get_global_id(2);                                                       \
    if (k < p.k) {                                                                            \
      const int at = p.aAt + batch_at(firstBatch + batch, &p, p.aBatch);                      \
      global float *to =                                                                      \
          packed + (((size_t) batch * panels + panel) * p.k + k) * PANEL_ROWS;                \
      for (int r = 0; r < PANEL_ROWS; r++) {                                                  \
        const int i = firstRow + panel * PANEL_ROWS + r;                                      \
        to[r] = i < p.m ? left_##KIND(a, at, i, k, &p) : 0.0f;                                \
      }                                                                                       \
    }                                                                                         \
  }

PACK_LEFT(matrix)
PACK_LEFT(windows)
PACK_LEFT(readers)
PACK_LEFT(taps)

// The right factor, [batch, strip, k, PANEL_COLUMNS].
#define PACK_RIGHT(NAME, KIND)                                                                \
  kernel void NAME(global const float *b, global float *packed, const int firstBatch,         \
                   const int strips, PRODUCT) {                                               \
    TAKE_PRODUCT                                                                              \
    const int k = get_global_id(0);                                                           \
    const int strip = get_global_id(1);                                                       \
    const int batch = get_global_id(2);                                                       \
    if (k < p.k) {                                                                            \
      const int at = p.bAt + batch_at(firstBatch + batch, &p, p.bBatch);                      \
      global float *to =                                                                      \
          packed + (((size_t) batch * strips + strip) * p.k + k) * PANEL_COLUMNS;             \
      for (int c = 0; c < PANEL_COLUMNS; c++) {                                               \
        const int j = strip * PANEL_COLUMNS + c;                                              \
        to[c] = j < p.n ? right_##KIND(b, at, k, j, &p) : 0.0f;                               \
      }                                                                                       \
    }                                                                                         \
  }

PACK_RIGHT(pack_right, matrix)
PACK_RIGHT(pack_turned, turned)

#define ROWS_OF_PANEL(ROW_) ROW_(0) ROW_(1) ROW_(2) ROW_(3) ROW_(4) ROW_(5)

// One work item a block of the output; both factors are packed.
kernel void tiles(global const float *left, global const float *right, global float *out,
                  const int firstBatch, const int firstRow, const int panels, const int strips,
                  const int rightBatch, PRODUCT) {
  TAKE_PRODUCT
  const int panel = get_global_id(0);
  const int strip = get_global_id(1);
  const int batch = get_global_id(2) / p.splits;
  const int split = get_global_id(2) - batch * p.splits;
  global const float *a = left + ((size_t) batch * panels + panel) * p.k * PANEL_ROWS;
  global const float *b =
      right + ((size_t) batch * rightBatch * strips + strip) * p.k * PANEL_COLUMNS;
  const int row = firstRow + panel * PANEL_ROWS;
  const int column = strip * PANEL_COLUMNS;
  const int rows = min(PANEL_ROWS, p.m - row);
  const int whole = p.n - column >= PANEL_COLUMNS;
  global float *c =
      out + (p.splits > 1 ? (((firstBatch + batch) * p.splits + split) * p.m + row) * p.cRow
                          : p.cAt + batch_at(firstBatch + batch, &p, p.cBatch) + row * p.cRow) +
      column;
  const int end = RUN_BEGIN(p, split + 1);
  int begin = RUN_BEGIN(p, split);
  int adds = p.accumulate;
  do {
    const int last = min(end, begin + p.depth);
#define ZERO(r) VECTOR x##r = 0.0f; VECTOR y##r = 0.0f;
    ROWS_OF_PANEL(ZERO)
    for (int k = begin; k < last; k++) {
      const VECTOR u = LOAD(2 * k, b);
      const VECTOR v = LOAD(2 * k + 1, b);
      global const float *f = a + k * PANEL_ROWS;
#define STEP(r) x##r = fma((VECTOR) f[r], u, x##r); y##r = fma((VECTOR) f[r], v, y##r);
      ROWS_OF_PANEL(STEP)
    }
    if (whole) {
#define KEEP(r)                                                              \
      if (r < rows) {                                                        \
        global float *to = c + r * p.cRow;                                   \
        STORE(adds ? LOAD(0, to) + x##r : x##r, 0, to);                      \
        STORE(adds ? LOAD(1, to) + y##r : y##r, 1, to);                      \
      }
      ROWS_OF_PANEL(KEEP)
    } else {
      float places[PANEL_ROWS * PANEL_COLUMNS];
#define SPILL(r) STORE(x##r, 2 * r, places); STORE(y##r, 2 * r + 1, places);
      ROWS_OF_PANEL(SPILL)
      for (int r = 0; r < rows; r++) {
        for (int j = 0; j < p.n - column; j++) {
          global float *to = c + r * p.cRow + j;
          *to = (adds ? *to : 0.0f) + places[r * PANEL_COLUMNS + j];
        }
      }
    }
    adds = 1;
    begin = last;
  } while (begin < end);
}
