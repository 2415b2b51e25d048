// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureSequenceTest {
  private final FeatureSequence ramp = SmallDataset.ramp(3, 2);

  @Test
  void copiesInAndOut() {
    float[] values = {1, 2};
    FeatureSequence one = FeatureSequence.of(1, 2, values);
    values[0] = 9;
    one.values()[1] = 9;
    assertArrayEquals(new float[] {1, 2}, one.values());
  }

  @Test
  void givesValuesRowsAndParts() {
    assertEquals(5, ramp.get(2, 1));
    float[] row = new float[4];
    ramp.copyRow(1, row, 1);
    assertArrayEquals(new float[] {0, 2, 3, 0}, row);
    assertArrayEquals(new float[] {0, 1, 2, 3}, ramp.first(2).values());
    assertArrayEquals(new float[] {4, 5, 0, 1, 4, 5}, ramp.select(new int[] {2, 0, 2}).values());
    assertEquals("[3, 2]", ramp.toString());
  }

  @Test
  void joinsStreamsColumnByColumn() {
    FeatureSequence joined =
        FeatureSequence.concat(List.of(SmallDataset.ramp(2, 1), SmallDataset.ramp(2, 2)));
    assertEquals(3, joined.width());
    assertArrayEquals(new float[] {0, 0, 1, 1, 2, 3}, joined.values());
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThrows(IllegalArgumentException.class, () -> FeatureSequence.of(0, 2, new float[0]));
    assertThrows(IllegalArgumentException.class, () -> FeatureSequence.of(2, 2, new float[3]));
    assertThrows(
        IllegalArgumentException.class, () -> FeatureSequence.of(1 << 16, 1 << 16, new float[0]));
    assertThrows(IllegalArgumentException.class, () -> ramp.get(3, 0));
    assertThrows(IllegalArgumentException.class, () -> ramp.get(0, 2));
    assertThrows(IllegalArgumentException.class, () -> ramp.first(4));
    assertThrows(IllegalArgumentException.class, () -> ramp.first(0));
    assertThrows(IllegalArgumentException.class, () -> ramp.select(new int[] {-1}));
    assertThrows(IllegalArgumentException.class, () -> ramp.select(new int[0]));
    assertThrows(
        IllegalArgumentException.class,
        () -> FeatureSequence.concat(List.of(ramp, SmallDataset.ramp(2, 2))));
  }

  @Test
  void namesTheFirstValueThatIsNotFinite() {
    float[] values = {0, 1, 2, Float.NaN, Float.POSITIVE_INFINITY, 5};
    var e = assertThrows(IllegalArgumentException.class, () -> FeatureSequence.of(3, 2, values));
    assertTrue(String.valueOf(e.getMessage()).startsWith("row 1, column 1 is NaN"));
  }
}
