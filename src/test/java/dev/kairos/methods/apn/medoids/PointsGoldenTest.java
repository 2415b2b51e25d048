// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.medoids;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.golden.ApnJson;
import dev.kairos.golden.Golden;
import dev.kairos.methods.apn.medoids.MarkedPoints.AliasPair;
import dev.kairos.methods.apn.medoids.MarkedPoints.MarkedPoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code apn/i_points.json}, merging of points and sampling of proposals. */
class PointsGoldenTest {
  private static JsonNode cases(String part) throws IOException {
    JsonNode cases = Golden.get(ApnJson.file("i_points.json"), part);
    assertTrue(cases.size() > 0, part);
    return cases;
  }

  private static String name(JsonNode one) {
    return Golden.get(one, "name").asText();
  }

  @Test
  void merge() throws IOException {
    for (JsonNode one : cases("merge")) {
      JsonNode given = Golden.get(one, "points_snippet_class");
      int[] snippets = new int[given.size()];
      int[] labels = new int[given.size()];
      for (int i = 0; i < snippets.length; i++) {
        snippets[i] = given.get(i).get(0).intValue();
        labels[i] = given.get(i).get(1).intValue();
      }
      List<AliasPair> aliases = new ArrayList<>();
      for (JsonNode pair : Golden.get(one, "alias_pairs")) {
        aliases.add(new AliasPair(pair.get(0).intValue(), pair.get(1).intValue()));
      }
      List<MarkedPoint> expected = new ArrayList<>();
      for (JsonNode point : Golden.get(one, "merged")) {
        List<Integer> merged = new ArrayList<>();
        Golden.get(point, "labels").forEach(label -> merged.add(label.intValue()));
        expected.add(new MarkedPoint(Golden.get(point, "snippet").intValue(), merged));
      }
      int distance = Golden.get(one, "merge_alias_distance").intValue();
      assertEquals(
          expected, MarkedPoints.of(snippets, labels, aliases, distance).points(), name(one));
    }
  }

  @Test
  void sample() throws IOException {
    for (JsonNode one : cases("sample")) {
      double[] tious = Golden.doubles(Golden.get(one, "s"));
      JsonNode marks = Golden.get(one, "is_pseudo_action");
      boolean[] isPseudoAction = new boolean[marks.size()];
      int pseudoActions = 0;
      for (int i = 0; i < isPseudoAction.length; i++) {
        isPseudoAction[i] = marks.get(i).booleanValue();
        pseudoActions += isPseudoAction[i] ? 1 : 0;
      }
      int most = Golden.get(one, "P_max").intValue();
      double[] keys = Golden.doubles(Golden.get(one, "keys"));
      int[] drawn = ProposalSampling.draw(tious, isPseudoAction, keys, most);
      assertArrayEquals(Golden.ints(Golden.get(one, "selected")), drawn, name(one));
      JsonNode taken = Golden.get(one, "taken_pseudo_high_middle_low");
      if (!taken.isNull()) {
        int[] counts = new int[4];
        for (int i : drawn) {
          boolean kept = isPseudoAction[i] && counts[0] < Math.min(pseudoActions, most / 2);
          int bin = isPseudoAction[i] || tious[i] >= 0.7 ? 1 : tious[i] >= 0.3 ? 2 : 3;
          counts[kept ? 0 : bin]++;
        }
        assertArrayEquals(Golden.ints(taken), counts, name(one));
      }
    }
  }
}
