// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.ejml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.model.LpModel;
import dev.kairos.lp.model.LpSolution;
import java.util.Arrays;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.DMatrixSparseCSC;
import org.ejml.ops.DConvertMatrixStruct;
import org.ejml.sparse.csc.CommonOps_DSCC;
import org.ejml.sparse.csc.RandomMatrices_DSCC;
import org.junit.jupiter.api.Test;

final class EjmlProgramsTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  private static double[] all(int n, double value) {
    double[] values = new double[n];
    Arrays.fill(values, value);
    return values;
  }

  private static LinearProgram program(DMatrixSparseCSC a) {
    int n = a.numCols;
    return EjmlPrograms.program(
        a, all(n, 1), all(n, 0), all(n, INF), all(a.numRows, -INF), all(a.numRows, 5));
  }

  private static DMatrixSparseCSC sparse(double[][] rows) {
    return DConvertMatrixStruct.convert(new DMatrixRMaj(rows), (DMatrixSparseCSC) null, 0);
  }

  /** A matrix by its arrays, as a program may have filled them. */
  private static DMatrixSparseCSC raw(int rows, int[] starts, int[] places, double... values) {
    DMatrixSparseCSC a = new DMatrixSparseCSC(rows, starts.length - 1, values.length + 3);
    System.arraycopy(starts, 0, a.col_idx, 0, starts.length);
    System.arraycopy(places, 0, a.nz_rows, 0, places.length);
    System.arraycopy(values, 0, a.nz_values, 0, values.length);
    a.nz_length = values.length;
    a.indicesSorted = false;
    return a;
  }

  @Test
  void solvesWhatComesAsArrays() {
    DMatrixSparseCSC a = sparse(new double[][] {{1, 1}});
    LinearProgram program =
        EjmlPrograms.program(
            a,
            new double[] {-3, -2},
            new double[] {0, 0},
            new double[] {3, INF},
            new double[] {-INF},
            new double[] {4});
    LpSolution found = LpModel.of(program, false).solve();
    assertEquals(-11, found.objective(), 1e-12);
    LpModel greatest = LpModel.of(program, true);
    greatest.row("R1").add(1, "C2");
    assertEquals(3 * 3 + 2 * 0.5, greatest.solve().objective(), 1e-12);
    DMatrixSparseCSC changed = EjmlPrograms.matrix(greatest.program());
    assertArrayEquals(new double[] {1, 2}, changed.nz_values);
  }

  @Test
  void multipliesAsEjmlDoes() {
    Random random = new Random(31);
    for (int trial = 0; trial < 100; trial++) {
      int m = random.nextInt(9);
      int n = random.nextInt(9);
      DMatrixSparseCSC a =
          RandomMatrices_DSCC.rectangle(m, n, random.nextInt(m * n + 1), -1, 1, random);
      LinearProgram program = program(a);
      double[] x = random.doubles(n).toArray();
      DMatrixRMaj product = new DMatrixRMaj(m, 1);
      if (m > 0 && n > 0) {
        CommonOps_DSCC.mult(a, new DMatrixRMaj(n, 1, true, x), product);
      }
      assertArrayEquals(product.getData(), program.activity(x), 1e-15);
      DMatrixSparseCSC back = EjmlPrograms.matrix(program);
      assertEquals(m, back.numRows);
      assertEquals(n, back.numCols);
      assertTrue(CommonOps_DSCC.checkStructure(back));
      assertTrue(back.indicesSorted);
      LinearProgram again = program(back);
      assertArrayEquals(program.activity(x), again.activity(x));
      assertEquals(program.entries(), again.entries());
    }
  }

  @Test
  void entriesMayComeInAnyOrderTwiceOrAsZeros() {
    DMatrixSparseCSC odd =
        raw(
            3,
            new int[] {0, 4, 4, 7},
            new int[] {2, 0, 2, 1, 1, 0, 1},
            /* column 0 */ 1,
            5,
            2,
            0,
            /* column 2 */ 4,
            7,
            -4);
    LinearProgram program = program(odd);
    assertEquals(3, program.entries());
    DMatrixSparseCSC back = EjmlPrograms.matrix(program);
    assertArrayEquals(new int[] {0, 2, 2, 3}, back.col_idx);
    assertArrayEquals(new int[] {0, 2, 0}, back.nz_rows);
    assertArrayEquals(new double[] {5, 3, 7}, back.nz_values);
  }

  @Test
  void rowsAndColumnsMayBeEmpty() {
    DMatrixSparseCSC a = sparse(new double[][] {{0, 0}, {0, 2}});
    LinearProgram program = program(a);
    assertEquals(2, program.rows());
    assertEquals(1, program.entries());
    assertEquals(0, LpModel.of(program, false).solve().objective());
    DMatrixSparseCSC none = EjmlPrograms.matrix(program(new DMatrixSparseCSC(0, 0, 0)));
    assertEquals(0, none.numRows + none.numCols + none.nz_length);
    assertEquals(4, EjmlPrograms.matrix(program(new DMatrixSparseCSC(0, 4, 0))).numCols);
    assertEquals(4, EjmlPrograms.matrix(program(new DMatrixSparseCSC(4, 0, 0))).numRows);
  }

  private static void refused(String says, Runnable call) {
    assertEquals(says, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  @Test
  void whatIsNoNumberIsRefusedByPlace() {
    DMatrixSparseCSC a = sparse(new double[][] {{1, 1}, {1, 1}, {1, 1}});
    double[] zero = all(2, 0);
    double[] rows = all(3, 1);
    double[] bad = {0, Double.NaN};
    refused(
        "cost of column 1 must be finite: NaN",
        () -> EjmlPrograms.program(a, bad, zero, zero, rows, rows));
    refused(
        "column 1: bounds leave no finite value: [NaN, 0.0]",
        () -> EjmlPrograms.program(a, zero, bad, zero, rows, rows));
    refused(
        "row 2: bounds leave no finite value: [1.0, NaN]",
        () -> EjmlPrograms.program(a, zero, zero, zero, rows, new double[] {1, 1, Double.NaN}));
    for (double wrong : new double[] {Double.NaN, INF}) {
      DMatrixSparseCSC other = a.copy();
      other.set(2, 1, wrong);
      refused("entry (2, 1) must be finite: " + wrong, () -> program(other));
    }
    DMatrixSparseCSC large = raw(1, new int[] {0, 2}, new int[] {0, 0}, 1e308, 1e308);
    refused("entry (0, 0) must be finite: Infinity", () -> program(large));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    DMatrixSparseCSC a = sparse(new double[][] {{1, 1}});
    double[] one = {1};
    double[] two = {1, 1};
    refused(
        "cost: 1 values for the 2 columns of the matrix",
        () -> EjmlPrograms.program(a, one, two, two, one, one));
    refused(
        "rowUpper: 2 values for the 1 rows of the matrix",
        () -> EjmlPrograms.program(a, two, two, two, one, two));
    refused(
        "column 1 has an entry in row 3, the matrix has 3 rows",
        () -> program(raw(3, new int[] {0, 1, 2}, new int[] {2, 3}, 1, 1)));
    refused(
        "column 0 has an entry in row -1, the matrix has 3 rows",
        () -> program(raw(3, new int[] {0, 1}, new int[] {-1}, 1)));
    refused(
        "the entries of column 2 begin at 1, those before it at 2, and there are 2",
        () -> program(raw(3, new int[] {0, 2, 1}, new int[] {0, 1}, 1, 1)));
    refused(
        "the entries of column 1 begin at 7, those before it at 0, and there are 1",
        () -> program(raw(3, new int[] {0, 7}, new int[] {0}, 1)));
  }
}
