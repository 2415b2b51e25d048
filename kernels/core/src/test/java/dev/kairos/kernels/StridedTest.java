// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.reference.ReferenceBackend;
import org.junit.jupiter.api.Test;

class StridedTest {
  private final Buffer buffer = new ReferenceBackend().allocate(100);

  private Strided view(int[] sizes, int... strides) {
    return new Strided(buffer, 3, sizes, strides);
  }

  @Test
  void contiguousStrides() {
    assertArrayEquals(new int[] {12, 4, 1}, Strided.contiguousStrides(new int[] {2, 3, 4}));
    assertArrayEquals(new int[] {1}, Strided.contiguousStrides(new int[] {9}));
    assertArrayEquals(new int[0], Strided.contiguousStrides(new int[0]));
  }

  @Test
  void theWholeOfABuffer() {
    int[] sizes = {5, 20};
    Strided whole = Strided.contiguous(buffer, sizes);
    sizes[0] = 99;
    assertSame(buffer, whole.buffer());
    assertEquals(0, whole.offset());
    assertEquals(2, whole.rank());
    assertEquals(5, whole.size(0));
    assertEquals(20, whole.stride(0));
    assertEquals(100, whole.count());
    assertTrue(whole.isContiguous());
  }

  @Test
  void countsElements() {
    assertEquals(1, view(new int[0]).count());
    assertEquals(0, view(new int[] {3, 0, 2}, 0, 2, 1).count());
    assertEquals(12, view(new int[] {3, 4}, 0, 0).count());
  }

  @Test
  void contiguousMeansRowsWithoutGaps() {
    assertTrue(view(new int[] {2, 3}, 3, 1).isContiguous());
    assertTrue(view(new int[0]).isContiguous());
    assertFalse(view(new int[] {2, 3}, 4, 1).isContiguous(), "a gap");
    assertFalse(view(new int[] {2, 3}, 1, 2).isContiguous(), "by columns");
    assertFalse(view(new int[] {2, 3}, 0, 1).isContiguous(), "a repeated row");
    assertFalse(view(new int[] {5, 3}, 1, 1).isContiguous(), "overlapping rows");
  }

  @Test
  void theStrideOfAnAxisOfSizeOneDoesNotMatter() {
    assertTrue(view(new int[] {1, 3}, 77, 1).isContiguous());
    assertTrue(view(new int[] {3, 1}, 1, 0).isContiguous());
    assertFalse(view(new int[] {3, 1}, 2, 1).isContiguous());
  }

  @Test
  void saysSizesStridesAndOffset() {
    assertEquals("sizes [2, 3] strides [3, 1] + 3", view(new int[] {2, 3}, 3, 1).toString());
  }
}
