// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.medoids;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.golden.ApnJson;
import dev.kairos.golden.Golden;
import dev.kairos.methods.tal.Interval;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code apn/b_labels.json}: which snippets are starts and ends. */
class BoundaryRegionsGoldenTest {
  @Test
  void labels() throws IOException {
    JsonNode cases = Golden.get(ApnJson.file("b_labels.json"), "cases");
    assertTrue(cases.size() > 0);
    for (JsonNode one : cases) {
      int length = Golden.get(one, "T").intValue();
      BoundaryRegions regions = new BoundaryRegions(Golden.get(one, "h_min").doubleValue());
      List<Interval> actions = new ArrayList<>();
      for (JsonNode action : Golden.get(one, "actions")) {
        actions.add(new Interval(action.get(0).intValue(), action.get(1).intValue() + 1));
      }
      assertLabels(Golden.get(one, "start"), regions.startLabels(actions, length), "starts");
      assertLabels(Golden.get(one, "end"), regions.endLabels(actions, length), "ends");
    }
  }

  private static void assertLabels(JsonNode expected, float[] found, String what) {
    int[] labels = new int[found.length];
    for (int t = 0; t < labels.length; t++) {
      labels[t] = (int) found[t];
    }
    assertArrayEquals(Golden.ints(expected), labels, what);
  }
}
