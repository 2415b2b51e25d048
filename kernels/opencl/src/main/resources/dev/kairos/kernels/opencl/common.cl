// SPDX-License-Identifier: Apache-2.0
// What all kernels share: where the elements of strided views lie.

// A product and a sum stay two roundings, so that a formula gives the same bits in every kernel.
#pragma OPENCL FP_CONTRACT OFF

#define AXES 6
#define VIEWS 3

// The axes that up to three views of equal sizes pass together, the last one fastest.
typedef struct {
  int rank;
  int size[AXES];
  int at[VIEWS];
  int step[VIEWS][AXES];
} Walk;

// Where element i of one view lies, counted in row order.
inline int place(const Walk *w, const int view, const int i) {
  int at = w->at[view];
  int rest = i;
  for (int axis = w->rank - 1; axis > 0; axis--) {
    const int outer = rest / w->size[axis];
    at += (rest - outer * w->size[axis]) * w->step[view][axis];
    rest = outer;
  }
  return at + rest * w->step[view][0];
}

// Where row `outer` of one view begins, counted in row order over all axes but the last.
inline int row_place(const Walk *w, const int view, const int outer) {
  int at = w->at[view];
  int rest = outer;
  for (int axis = w->rank - 2; axis > 0; axis--) {
    const int next = rest / w->size[axis];
    at += (rest - next * w->size[axis]) * w->step[view][axis];
    rest = next;
  }
  return at + rest * w->step[view][0];
}

// Element i of a row whose elements follow each other, or are all the same one.
#define OF_ROW(x, w, view, at, i) ((w).step[view][(w).rank - 1] ? (x)[(at) + (i)] : (x)[at])
