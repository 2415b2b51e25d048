// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kairos.kernels.Buffer;
import dev.kairos.kernels.MapFunction;
import dev.kairos.kernels.ReduceFunction;
import dev.kairos.kernels.RowFunction;
import dev.kairos.kernels.Strided;
import dev.kairos.kernels.opencl.jocl.Jocl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Memory of the device: what is held, what is moved, and views that kernels cannot walk alone. */
@ExtendWith(OpenClHere.class)
class MemoryTest {
  private final OpenClBackend backend = OpenClBackend.open("opencl", Jocl.device(""));

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void aBackendIsOpenedWithNothingMoved() {
    assertEquals(0, backend.writes());
    assertEquals(0, backend.reads());
  }

  /** Longer than the buffer that copies go through. */
  @Test
  void longArraysAreMovedInParts() {
    int n = 5_000_011;
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = i;
    }
    Buffer buffer = backend.allocate(n + 3);
    backend.write(buffer, 3, values, 0, n);
    float[] found = new float[n];
    backend.read(buffer, 3, found, 0, n);
    assertArrayEquals(values, found);
    assertEquals(3, backend.writes());
    assertEquals(3, backend.reads());
  }

  @Test
  void workHoldsNoMoreMemoryTheHundredthTime() {
    Buffer a = backend.allocate(300 * 200);
    Buffer out = backend.allocate(300 * 300);
    Strided left = Strided.contiguous(a, 300, 200);
    Strided right = left.view(0, new int[] {200, 300}, new int[] {1, 200});
    Strided all = Strided.contiguous(out, 300, 300);
    backend.fill(left, 0.5);
    long held = 0;
    for (int i = 0; i < 100; i++) {
      backend.matmul(left, right, false, all);
      backend.rows(RowFunction.SOFTMAX, 0, all, all.view(0, new int[] {300, 300}, strides()));
      backend.reduce(ReduceFunction.SUM, all, all.view(0, new int[0], new int[0]));
      backend.accumulate(left, left.view(0, new int[] {300, 200}, new int[] {0, 1}));
      if (i == 2) {
        held = backend.heldBytes();
      }
    }
    assertEquals(held, backend.heldBytes());
    assertEquals(0, backend.writes());
    assertEquals(0, backend.reads());
  }

  private static int[] strides() {
    return new int[] {300, 1};
  }

  /** Eight axes, none of which can be joined with its neighbour. */
  @Test
  void moreAxesThanAKernelTakes() {
    int[] sizes = {2, 2, 2, 2, 2, 2, 2, 3};
    int[] strides = {1, 2, 4, 8, 16, 32, 64, 128};
    int count = 384;
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i % 97 - 40;
    }
    Buffer in = backend.allocate(count);
    backend.write(in, 0, values, 0, count);
    Buffer out = backend.allocate(count);
    Strided from = new Strided(in, 0, sizes, strides);
    Strided to = Strided.contiguous(out, sizes);
    backend.map(MapFunction.AFFINE, 2, 1, from, to);
    float[] found = new float[count];
    backend.read(out, 0, found, 0, count);
    for (int i = 0; i < count; i++) {
      assertEquals(2 * values[place(i, sizes, strides)] + 1, found[i], "element " + i);
    }
    Buffer sum = backend.allocate(1);
    backend.reduce(ReduceFunction.SUM, from, Strided.contiguous(sum));
    float[] total = new float[1];
    backend.read(sum, 0, total, 0, 1);
    double expected = 0;
    for (float value : values) {
      expected += value;
    }
    assertEquals(expected, total[0], 1e-3);
    backend.rows(RowFunction.SOFTMAX, 0, from, to);
    backend.read(out, 0, found, 0, count);
    for (int row = 0; row < count; row += 3) {
      assertEquals(1, found[row] + found[row + 1] + found[row + 2], 1e-5, "row " + row);
    }
  }

  private static int place(int i, int[] sizes, int[] strides) {
    int at = 0;
    int rest = i;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      at += rest % sizes[axis] * strides[axis];
      rest /= sizes[axis];
    }
    return at;
  }
}
