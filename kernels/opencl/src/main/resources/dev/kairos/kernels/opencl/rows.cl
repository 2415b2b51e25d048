// SPDX-License-Identifier: Apache-2.0
// Functions of whole rows: a work group of ROW_ITEMS items for each row, one item where the device is
// a processor.

#define ROW kernel __attribute__((reqd_work_group_size(ROW_ITEMS, 1, 1))) void
// Elements of the row that this item handles.
#define EACH(i) int i = get_local_id(0); i < n; i += ROW_ITEMS
#if ROW_ITEMS == 1
#define PLACES(TYPE)
#define JOINED_SUM(mine) (mine)
#define JOINED_LARGEST(mine) (mine)
#define JOINED_COUNT(mine) (mine)
#else
#define PLACES(TYPE) local TYPE places[ROW_ITEMS];
#define JOINED_SUM(mine) joined_sum(mine, places)
#define JOINED_LARGEST(mine) joined_largest(mine, places)
#define JOINED_COUNT(mine) joined_count(mine, places)

// What all items of a group have found, joined; JOINED says how, of a and b.
#define JOIN(NAME, TYPE, JOINED)                                          \
  inline TYPE NAME(const TYPE mine, local TYPE *places) {                 \
    const int me = get_local_id(0);                                       \
    places[me] = mine;                                                    \
    barrier(CLK_LOCAL_MEM_FENCE);                                         \
    for (int apart = ROW_ITEMS / 2; apart > 0; apart /= 2) {              \
      if (me < apart) {                                                   \
        const TYPE a = places[me];                                        \
        const TYPE b = places[me + apart];                                \
        places[me] = JOINED;                                              \
      }                                                                   \
      barrier(CLK_LOCAL_MEM_FENCE);                                       \
    }                                                                     \
    const TYPE all = places[0];                                           \
    barrier(CLK_LOCAL_MEM_FENCE);                                         \
    return all;                                                           \
  }

JOIN(joined_sum, float, a + b)
JOIN(joined_largest, float, larger_of(a, b))
JOIN(joined_count, int, a + b)
#endif

// The view of a row: its elements from a place on.
#define START(view) place(&heads, view, get_group_id(0))
