// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.util.Arrays;

/**
 * Several recordings in one sequence, a row of zeros between neighbours: a convolution with one row
 * of zero padding gives for each what it gives for that recording alone.
 */
final class JoinedRecordings {
  private final int[] lengths;
  private final int[] starts;
  private final int rows;

  /**
   * A layout.
   *
   * @param lengths rows T of each recording, at least one recording
   */
  JoinedRecordings(int[] lengths) {
    this.lengths = lengths.clone();
    this.starts = new int[lengths.length];
    int at = 0;
    for (int v = 0; v < lengths.length; v++) {
      starts[v] = at;
      at = Math.addExact(at, lengths[v] + 1);
    }
    this.rows = at - 1;
  }

  /** Number of recordings. */
  int count() {
    return lengths.length;
  }

  /** Rows of a recording. */
  int length(int recording) {
    return lengths[recording];
  }

  /** The row at which a recording begins. */
  int start(int recording) {
    return starts[recording];
  }

  /** All rows, those between recordings too. */
  int rows() {
    return rows;
  }

  /** Rows of recordings. */
  int snippets() {
    return rows - (lengths.length - 1);
  }

  /** 1 for a row of a recording and 0 for one between two, {@code [1,rows,1]}. */
  Tensor mask(Engine engine) {
    double[] values = new double[rows];
    for (int v = 0; v < lengths.length; v++) {
      Arrays.fill(values, starts[v], starts[v] + lengths[v], 1);
    }
    return engine.tensor(values, 1, rows, 1);
  }
}
