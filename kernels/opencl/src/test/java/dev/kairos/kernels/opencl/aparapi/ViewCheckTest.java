// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl.aparapi;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kairos.kernels.Conv1dGeometry;
import dev.kairos.kernels.Strided;
import dev.kairos.kernels.host.HostFloats;
import org.junit.jupiter.api.Test;

class ViewCheckTest {
  private static Strided view(int length, int offset, int[] sizes, int[] strides) {
    return new Strided(new HostFloats(length), offset, sizes, strides);
  }

  private static Strided dense(int... sizes) {
    int count = 1;
    for (int size : sizes) {
      count *= size;
    }
    return Strided.contiguous(new HostFloats(count), sizes);
  }

  private static void refused(Strided a, Strided b, Strided out) {
    assertThrows(IllegalArgumentException.class, () -> ViewCheck.product(a, b, out));
  }

  @Test
  void acceptsProductsOfAnyViewsInside() {
    assertDoesNotThrow(() -> ViewCheck.product(dense(2, 3), dense(3, 4), dense(2, 4)));
    Strided turned = view(6, 0, new int[] {2, 3}, new int[] {1, 2});
    Strided backwards = view(12, 11, new int[] {3, 4}, new int[] {-4, -1});
    Strided last = view(12, 4, new int[] {2, 4}, new int[] {4, 1});
    assertDoesNotThrow(() -> ViewCheck.product(turned, backwards, last));
    Strided repeated = view(6, 0, new int[] {5, 2, 3}, new int[] {0, 3, 1});
    assertDoesNotThrow(() -> ViewCheck.product(repeated, dense(5, 3, 4), dense(5, 2, 4)));
  }

  @Test
  void refusesProductsThatReachOutside() {
    Strided b = dense(3, 4);
    refused(view(5, 0, new int[] {2, 3}, new int[] {3, 1}), b, dense(2, 4));
    refused(view(7, 2, new int[] {2, 3}, new int[] {3, 1}), b, dense(2, 4));
    refused(view(7, -1, new int[] {2, 3}, new int[] {3, 1}), b, dense(2, 4));
    refused(view(6, 0, new int[] {2, 3}, new int[] {-3, 1}), b, dense(2, 4));
    refused(dense(2, 3), b, view(7, 0, new int[] {2, 4}, new int[] {4, 1}));
    refused(dense(2, 3), view(11, 0, new int[] {3, 4}, new int[] {4, 1}), dense(2, 4));
  }

  @Test
  void refusesProductsOfSizesThatDisagree() {
    refused(dense(2, 3), dense(4, 4), dense(2, 4));
    refused(dense(2, 3), dense(3, 4), dense(3, 4));
    refused(dense(2, 3), dense(3, 4), dense(2, 5));
    refused(dense(5, 2, 3), dense(3, 4), dense(2, 4));
    refused(dense(5, 2, 3), dense(6, 3, 4), dense(5, 2, 4));
    refused(dense(2, 3), dense(3, 4), view(8, 0, new int[] {2, 4}, new int[] {1, 2}));
  }

  @Test
  void convolutionsAreDenseAndOfTheirGeometry() {
    Conv1dGeometry g = new Conv1dGeometry(2, 9, 3, 4, 3, 1, 1, 1);
    Strided x = dense(2, 9, 3);
    Strided w = dense(3, 3, 4);
    Strided y = dense(2, 9, 4);
    assertDoesNotThrow(() -> ViewCheck.convolution("conv1d", g, x, w, y));
    assertDoesNotThrow(() -> ViewCheck.convolution("conv1d", g, dense(1, 18, 3), w, y));
    for (Strided[] wrong :
        new Strided[][] {
          {dense(2, 8, 3), w, y},
          {x, dense(3, 4, 4), y},
          {x, w, dense(2, 8, 4)},
          {view(53, 0, new int[] {2, 9, 3}, new int[] {27, 3, 1}), w, y},
          {view(80, 0, new int[] {2, 9, 3}, new int[] {30, 3, 1}), w, y},
          {x, view(40, 5, new int[] {3, 3, 4}, new int[] {12, 4, 1}), y},
        }) {
      assertThrows(
          IllegalArgumentException.class,
          () -> ViewCheck.convolution("conv1d", g, wrong[0], wrong[1], wrong[2]));
    }
  }
}
