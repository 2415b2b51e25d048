// SPDX-License-Identifier: Apache-2.0
// Functions of whole rows: a work group of ROW_ITEMS items for each row, one item where the device is
// a processor.

#define ROW kernel __attribute__((reqd_work_group_size(ROW_ITEMS, 1, 1))) void
// Elements of the row that this item handles.
#define EACH(i) int i = get_local_id(0); i < n; i += ROW_ITEMS
#if ROW_ITEMS == 1
#define PLACES
#define JOINED_SUM(mine) (mine)
#define JOINED_LARGEST(mine) (mine)
#else
#define PLACES local float places[ROW_ITEMS];
#define JOINED_SUM(mine) joined_sum(mine, places)
#define JOINED_LARGEST(mine) joined_largest(mine, places)

inline float joined_sum(const float mine, local float *places) {
  const int me = get_local_id(0);
  places[me] = mine;
  barrier(CLK_LOCAL_MEM_FENCE);
  for (int apart = ROW_ITEMS / 2; apart > 0; apart /= 2) {
    if (me < apart) {
      places[me] += places[me + apart];
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  const float all = places[0];
  barrier(CLK_LOCAL_MEM_FENCE);
  return all;
}

inline float joined_largest(const float mine, local float *places) {
  const int me = get_local_id(0);
  places[me] = mine;
  barrier(CLK_LOCAL_MEM_FENCE);
  for (int apart = ROW_ITEMS / 2; apart > 0; apart /= 2) {
    if (me < apart) {
      places[me] = larger_of(places[me], places[me + apart]);
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  const float all = places[0];
  barrier(CLK_LOCAL_MEM_FENCE);
  return all;
}
#endif

// The view of a row: its elements from a place on.
#define START(view) place(&heads, view, get_group_id(0))
