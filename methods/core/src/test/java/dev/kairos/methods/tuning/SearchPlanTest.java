// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.settings.SettingSpace;
import dev.kairos.methods.tuning.SearchPlan.Search;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchPlanTest {
  @TempDir private Path folder;

  private SettingSpace space(String toml) throws IOException {
    return SettingSpace.read(Files.writeString(folder.resolve("space.toml"), toml));
  }

  @Test
  void aGridHasEveryCombinationTheLastSettingChangingFastest() throws IOException {
    SettingSpace space = space("a = [1, 2]\nb = [\"x\", \"y\", \"z\"]");
    assertEquals(Search.GRID, SearchPlan.usual(space));
    List<Map<String, String>> plan = SearchPlan.of(space, Search.GRID, 0, 5);
    assertEquals(6, plan.size());
    assertEquals(6, new HashSet<>(plan).size());
    assertEquals(Map.of("a", "1", "b", "\"x\""), plan.get(0));
    assertEquals(Map.of("a", "1", "b", "\"y\""), plan.get(1));
    assertEquals(Map.of("a", "2", "b", "\"z\""), plan.get(5));
    assertEquals(plan.subList(0, 4), SearchPlan.of(space, Search.GRID, 4, 5));
    assertEquals(plan, SearchPlan.of(space, Search.GRID, 99, 6));
  }

  @Test
  void aRandomSearchFollowsTheSeedAndBeginsWithTheSameTrials() throws IOException {
    SettingSpace space = space("a = {min = 0.0, max = 1.0}\nb = [1, 2]");
    assertEquals(Search.RANDOM, SearchPlan.usual(space));
    List<Map<String, String>> plan = SearchPlan.of(space, Search.RANDOM, 0, 5);
    assertEquals(SearchPlan.USUAL_TRIALS, plan.size());
    assertEquals(plan.subList(0, 7), SearchPlan.of(space, Search.RANDOM, 7, 5));
    assertNotEquals(plan, SearchPlan.of(space, Search.RANDOM, 0, 6));
    double mean =
        plan.stream().mapToDouble(trial -> Double.parseDouble(trial.get("a"))).average().orElse(0);
    assertEquals(0.5, mean, 0.2);
    assertTrue(plan.stream().map(trial -> trial.get("b")).distinct().count() == 2);
  }

  @Test
  void noTrialComesTwice() throws IOException {
    SettingSpace space = space("a = [1, 2]\nb = [3, 4]");
    List<Map<String, String>> plan = SearchPlan.of(space, Search.RANDOM, 50, 5);
    assertEquals(4, plan.size());
    assertEquals(4, new HashSet<>(plan).size());
  }

  @Test
  void whatIsNoGridIsRefused() throws IOException {
    SettingSpace range = space("a = {min = 0.0, max = 1.0}");
    ConfigException e =
        assertThrows(ConfigException.class, () -> SearchPlan.of(range, Search.GRID, 0, 5));
    assertTrue(e.getMessage().contains("space.toml:1"), e.getMessage());
    StringBuilder toml = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      toml.append("a").append(i).append(" = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\n");
    }
    SettingSpace vast = space(toml.toString());
    assertThrows(ConfigException.class, () -> SearchPlan.of(vast, Search.GRID, 0, 5));
    List<Map<String, String>> some = SearchPlan.of(vast, Search.GRID, 11, 5);
    assertEquals(11, new HashSet<>(some).size());
  }
}
