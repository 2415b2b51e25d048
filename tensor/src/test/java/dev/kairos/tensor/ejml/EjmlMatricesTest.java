// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.ejml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kairos.tensor.DTypeException;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.ShapeException;
import dev.kairos.tensor.Tensor;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.DMatrixSparseCSC;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EjmlMatricesTest {
  @ParameterizedTest
  @ValueSource(strings = {"reference", "scalar"})
  void simpleMatricesGoInAndOut(String backend) {
    try (Engine engine = Engine.open(backend, 1)) {
      SimpleMatrix simple = new SimpleMatrix(new double[][] {{1, 2, 3}, {4, 5.5, -6}});
      Tensor in = EjmlMatrices.tensor(engine, simple.getDDRM());
      assertEquals(Shape.of(2, 3), in.shape());
      assertArrayEquals(new double[] {1, 2, 3, 4, 5.5, -6}, in.toDoubles());
      SimpleMatrix back = SimpleMatrix.wrap(EjmlMatrices.matrix(in.transpose(0, 1)));
      assertEquals(0, back.minus(simple.transpose()).normF());
      assertEquals(0, back.mult(simple).get(0, 1) - in.transpose(0, 1).matmul(in).get(0, 1));
      simple.set(0, 0, 100);
      assertEquals(1, in.get(0, 0)); // a copy
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "scalar"})
  void whatIsOddGoesThrough(String backend) {
    try (Engine engine = Engine.open(backend, 1)) {
      DMatrixRMaj shrunk = new DMatrixRMaj(new double[][] {{1, 2, 3}, {4, 5, 6}});
      shrunk.reshape(1, 2); // its array stays as long as it was
      assertArrayEquals(new double[] {1, 2}, EjmlMatrices.tensor(engine, shrunk).toDoubles());
      DMatrixRMaj none = EjmlMatrices.matrix(engine.zeros(Shape.of(0, 3)));
      assertEquals(0, none.getNumRows());
      assertEquals(3, none.getNumCols());
      assertEquals(Shape.of(0, 3), EjmlMatrices.tensor(engine, none).shape());
      double[] special = {Double.NaN, Double.NEGATIVE_INFINITY, -0.0};
      Tensor row = engine.tensor(special, 1, 3);
      assertArrayEquals(special, EjmlMatrices.matrix(row).getData());
      DMatrixSparseCSC sparse = new DMatrixSparseCSC(2, 2, 1);
      sparse.set(1, 0, 7);
      Tensor dense = EjmlMatrices.tensor(engine, SimpleMatrix.wrap(sparse).getDDRM());
      assertArrayEquals(new double[] {0, 0, 7, 0}, dense.toDoubles());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "scalar"})
  void whatIsNoMatrixIsRefused(String backend) {
    try (Engine engine = Engine.open(backend, 1)) {
      String message =
          assertThrows(ShapeException.class, () -> EjmlMatrices.matrix(engine.zeros(Shape.of(3))))
              .getMessage();
      assertEquals(
          "matrix: needs [rows, columns], not [3]; a vector is reshape(1, -1) as a row,"
              + " reshape(-1, 1) as a column",
          message);
      Tensor whole = engine.arange(4).reshape(2, 2);
      assertThrows(DTypeException.class, () -> EjmlMatrices.matrix(whole));
    }
  }
}
