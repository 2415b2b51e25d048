// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.util.Arrays;

/**
 * Several recordings in one sequence, rows of zeros between neighbours: a convolution that looks at
 * no more rows to either side gives for each what it gives for that recording alone.
 */
final class JoinedRecordings {
  private final int[] lengths;
  private final int[] starts;
  private final int rows;
  private final int gap;

  /**
   * A layout.
   *
   * @param lengths rows T of each recording, at least one recording
   * @param gap rows between two
   */
  JoinedRecordings(int[] lengths, int gap) {
    this.lengths = lengths.clone();
    this.starts = new int[lengths.length];
    int at = 0;
    for (int v = 0; v < lengths.length; v++) {
      starts[v] = at;
      at = Math.addExact(at, lengths[v] + gap);
    }
    this.rows = at - gap;
    this.gap = gap;
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

  /** Rows between two recordings. */
  int gap() {
    return gap;
  }

  /** All rows, those between recordings too. */
  int rows() {
    return rows;
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
