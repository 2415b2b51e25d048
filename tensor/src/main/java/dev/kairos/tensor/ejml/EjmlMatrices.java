// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.ejml;

import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.ShapeException;
import dev.kairos.tensor.Tensor;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Dense matrices of EJML in and out of tensors, always as copies. A {@code SimpleMatrix} is one
 * around a {@code DMatrixRMaj}:
 *
 * <pre>{@code
 * Tensor in = EjmlMatrices.tensor(engine, simple.getDDRM());
 * SimpleMatrix out = SimpleMatrix.wrap(EjmlMatrices.matrix(tensor));
 * }</pre>
 */
public final class EjmlMatrices {
  private EjmlMatrices() {}

  /** A tensor {@code [rows, columns]} of reals, rounded to the engine's precision. */
  public static Tensor tensor(Engine engine, DMatrixRMaj matrix) {
    int rows = matrix.getNumRows();
    int columns = matrix.getNumCols();
    // The array of a matrix that was reshaped is longer than its elements.
    double[] values = Arrays.copyOf(matrix.getData(), Math.multiplyExact(rows, columns));
    return engine.tensor(values, rows, columns);
  }

  /**
   * A matrix of the elements of a tensor {@code [rows, columns]}.
   *
   * @throws ShapeException if it has not two axes: a vector is either a row, {@code reshape(1,
   *     -1)}, or a column, {@code reshape(-1, 1)}
   */
  public static DMatrixRMaj matrix(Tensor tensor) {
    Shape shape = tensor.shape();
    if (shape.rank() != 2) {
      throw new ShapeException(
          "matrix: needs [rows, columns], not "
              + shape
              + "; a vector is reshape(1, -1) as a row, reshape(-1, 1) as a column");
    }
    DMatrixRMaj matrix = new DMatrixRMaj(shape.size(0), shape.size(1));
    matrix.setData(tensor.toDoubles());
    return matrix;
  }
}
