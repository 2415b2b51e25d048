// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.factor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/** Factors and their updates against a dense solver of another library. */
class BasisFactorTest {
  private static final double TOLERANCE = 1e-8;

  private final SplittableRandom random = new SplittableRandom(5);

  private ColumnMatrix randomMatrix(int rows, int columns, int perColumn) {
    int[] start = new int[columns + 1];
    int[] index = new int[columns * perColumn];
    double[] value = new double[columns * perColumn];
    int used = 0;
    for (int j = 0; j < columns; j++) {
      boolean[] taken = new boolean[rows];
      for (int k = 0; k < 1 + random.nextInt(perColumn); k++) {
        int i = random.nextInt(rows);
        if (!taken[i]) {
          taken[i] = true;
          index[used] = i;
          value[used++] = (random.nextBoolean() ? 1 : -1) * (0.5 + random.nextDouble());
        }
      }
      start[j + 1] = used;
    }
    return new ColumnMatrix(rows, start, Arrays.copyOf(index, used), Arrays.copyOf(value, used));
  }

  private static DMatrixRMaj dense(ColumnMatrix a, int[] head) {
    DMatrixRMaj b = new DMatrixRMaj(a.rows(), a.rows());
    for (int p = 0; p < head.length; p++) {
      if (head[p] >= a.columns()) {
        b.set(head[p] - a.columns(), p, 1);
      } else {
        for (int k = a.start()[head[p]]; k < a.start()[head[p] + 1]; k++) {
          b.set(a.index()[k], p, a.value()[k]);
        }
      }
    }
    return b;
  }

  private SparseVector sparse(int size, int entries) {
    SparseVector v = new SparseVector(size);
    for (int k = 0; k < entries; k++) {
      int i = random.nextInt(size);
      if (v.value[i] == 0) {
        v.put(i, random.nextDouble() + 0.1);
      }
    }
    return v;
  }

  private static SparseVector unit(ColumnMatrix a, int j) {
    SparseVector v = new SparseVector(a.rows());
    if (j >= a.columns()) {
      v.put(j - a.columns(), 1);
    } else {
      for (int k = a.start()[j]; k < a.start()[j + 1]; k++) {
        v.put(a.index()[k], a.value()[k]);
      }
    }
    return v;
  }

  private static void assertSolves(
      DMatrixRMaj b, boolean transposed, double[] rhs, SparseVector x) {
    DMatrixRMaj product = new DMatrixRMaj(rhs.length, 1);
    DMatrixRMaj solution = DMatrixRMaj.wrap(rhs.length, 1, x.value);
    if (transposed) {
      CommonOps_DDRM.multTransA(b, solution, product);
    } else {
      CommonOps_DDRM.mult(b, solution, product);
    }
    double size = 1 + CommonOps_DDRM.elementMaxAbs(solution);
    assertArrayEquals(rhs, product.data, TOLERANCE * size);
    boolean[] listed = new boolean[rhs.length];
    for (int k = 0; k < x.count; k++) {
      listed[x.index[k]] = true;
    }
    for (int i = 0; i < rhs.length; i++) {
      assertTrue(listed[i] || x.value[i] == 0, "place " + i + " is not listed");
    }
  }

  private void assertSolves(BasisFactor factor, ColumnMatrix a, int[] head) {
    DMatrixRMaj b = dense(a, head);
    for (int entries : new int[] {1, 3, a.rows()}) {
      SparseVector v = sparse(a.rows(), entries);
      double[] rhs = v.value.clone();
      factor.ftran(v);
      assertSolves(b, false, rhs, v);
      SparseVector w = sparse(a.rows(), entries);
      rhs = w.value.clone();
      factor.btran(w);
      assertSolves(b, true, rhs, w);
    }
  }

  @Test
  void solvesAfterUpToTwoHundredExchanges() {
    for (int size : new int[] {1, 2, 7, 40, 300}) {
      ColumnMatrix a = randomMatrix(size, 2 * size, size < 100 ? 4 : 3);
      int[] head = new int[size];
      for (int i = 0; i < size; i++) {
        head[i] = 2 * size + i;
      }
      BasisFactor factor = new BasisFactor(a);
      assertEquals(0, factor.factor(head, 0.1));
      int exchanges = 0;
      for (int tried = 0; tried < 2000 && exchanges < 200; tried++) {
        exchanges += exchange(factor, a, head) ? 1 : 0;
        if (exchanges % 10 == 0) {
          assertSolves(factor, a, head);
        }
      }
      assertTrue(exchanges > 100 || size == 1, exchanges + " exchanges of size " + size);
      assertSolves(factor, a, head);
    }
  }

  /** Brings a random variable in, in place of the one with the largest entry. */
  private boolean exchange(BasisFactor factor, ColumnMatrix a, int[] head) {
    int q = random.nextInt(a.columns() + a.rows());
    if (Arrays.stream(head).anyMatch(j -> j == q)) {
      return false;
    }
    SparseVector alpha = unit(a, q);
    factor.ftranEntering(alpha);
    int r = 0;
    for (int i = 0; i < head.length; i++) {
      r = Math.abs(alpha.value[i]) > Math.abs(alpha.value[r]) ? i : r;
    }
    SparseVector rho = new SparseVector(a.rows());
    factor.btranLeaving(r, rho);
    assertTrue(factor.update(r, alpha.value[r]), "the pivot agrees");
    head[r] = q;
    if (factor.worn()) {
      assertEquals(0, factor.factor(head, 0.1));
    }
    return true;
  }

  @Test
  void aDenseBasisIsFactored() {
    ColumnMatrix a = randomMatrix(60, 60, 200);
    int[] head = new int[60];
    Arrays.setAll(head, k -> k);
    BasisFactor factor = new BasisFactor(a);
    assertEquals(0, factor.factor(head, 0.1));
    assertSolves(factor, a, head);
  }

  @Test
  void aSingularBasisIsRepairedWithLogicals() {
    for (int round = 0; round < 50; round++) {
      int size = 3 + random.nextInt(20);
      ColumnMatrix a = randomMatrix(size, size, 3);
      double[] value = a.value().clone();
      // A column of the same entries as another one, where there is one of equal length.
      int copy = -1;
      for (int j = 1; j < size && copy < 0; j++) {
        int length = a.start()[j + 1] - a.start()[j];
        if (length == a.start()[1] - a.start()[0]) {
          System.arraycopy(a.index(), a.start()[0], a.index(), a.start()[j], length);
          System.arraycopy(value, a.start()[0], value, a.start()[j], length);
          copy = j;
        }
      }
      ColumnMatrix singular = new ColumnMatrix(size, a.start(), a.index(), value);
      int[] head = new int[size];
      Arrays.setAll(head, k -> k);
      BasisFactor factor = new BasisFactor(singular);
      int replaced = factor.factor(head, 0.1);
      assertTrue(replaced > 0 || copy < 0, "round " + round);
      for (int k = 0; k < replaced; k++) {
        int gone = factor.rejected(k);
        assertTrue(Arrays.stream(head).noneMatch(j -> j == gone));
      }
      assertEquals(size, Arrays.stream(head).distinct().count());
      assertSolves(factor, singular, head);
    }
  }
}
