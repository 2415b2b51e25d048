// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.gaufuse;

import dev.kairos.methods.pseudolabel.LabelRenewal;
import java.nio.ByteBuffer;

/** The labels of one recording, as workers tell each other. */
final class RecordingLabels {
  private static final int COUNTS = 4 * Integer.BYTES + Double.BYTES;

  private final float[] values;
  private final LabelRenewal.Counts counts;

  /**
   * Labels.
   *
   * @param values of all its snippets, {@code [T * K]}
   * @param counts how its programs went
   */
  RecordingLabels(float[] values, LabelRenewal.Counts counts) {
    this.values = values;
    this.counts = counts;
  }

  float[] values() {
    return values;
  }

  LabelRenewal.Counts counts() {
    return counts;
  }

  byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(COUNTS + values.length * Float.BYTES);
    bytes.putInt(counts.programs()).putInt(counts.contradictions()).putInt(counts.recordings());
    bytes.putDouble(counts.largestResidual()).putInt(counts.vertices());
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  static RecordingLabels of(byte[] array) {
    ByteBuffer bytes = ByteBuffer.wrap(array);
    LabelRenewal.Counts counts =
        new LabelRenewal.Counts(
            bytes.getInt(), bytes.getInt(), bytes.getInt(), bytes.getDouble(), bytes.getInt());
    float[] values = new float[(array.length - COUNTS) / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return new RecordingLabels(values, counts);
  }
}
