// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.medoids;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.golden.ApnJson;
import dev.kairos.golden.Golden;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** {@code apn/j_refresh.json}: which recordings renew their labels at each step. */
class RefreshScheduleGoldenTest {
  @Test
  void steps() throws IOException {
    JsonNode cases = Golden.get(ApnJson.file("j_refresh.json"), "cases");
    assertTrue(cases.size() > 0);
    cases.forEach(RefreshScheduleGoldenTest::check);
  }

  private static void check(JsonNode one) {
    RefreshSchedule schedule = new RefreshSchedule(Golden.get(one, "R").longValue());
    boolean[] isMarked = new boolean[Golden.get(one, "videos").intValue()];
    Arrays.fill(isMarked, true);
    for (int without : Golden.ints(Golden.get(one, "videos_without_points"))) {
      isMarked[without] = false;
    }
    long[] last = new long[isMarked.length];
    Arrays.fill(last, RefreshSchedule.NEVER_MADE);
    int total = 0;
    JsonNode drawn = Golden.get(one, "drawn");
    assertTrue(drawn.size() > 0);
    for (int step = 0; step < drawn.size(); step++) {
      int[] due = schedule.due(step, Golden.ints(drawn.get(step)), last, isMarked);
      assertArrayEquals(Golden.ints(Golden.get(one, "refreshed").get(step)), due, "step " + step);
      for (int recording : due) {
        last[recording] = step;
      }
      total += due.length;
    }
    assertEquals(Golden.get(one, "total_refreshes").intValue(), total);
    JsonNode expected = Golden.get(one, "last_refresh_step");
    assertEquals(expected.size(), last.length);
    for (int v = 0; v < last.length; v++) {
      JsonNode step = expected.get(v);
      assertEquals(step.isNull() ? RefreshSchedule.NEVER_MADE : step.longValue(), last[v]);
    }
  }
}
