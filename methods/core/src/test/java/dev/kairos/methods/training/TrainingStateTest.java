// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.run.RunFolder;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.NpyArray;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingStateTest {
  private final Map<String, NpyArray> arrays = new LinkedHashMap<>();
  private final Map<String, String> texts = new LinkedHashMap<>();

  private RunFolder.Saved saved() {
    return new RunFolder.Saved(Path.of("c"), arrays, texts, RunFolder.Position.START, 0);
  }

  @Test
  void groupsWhoseNamesBeginAlikeDoNotMix() {
    Map<String, NpyArray> one = Map.of("x", NpyArray.ofDoubles(new double[] {1}, 1));
    Map<String, NpyArray> two = Map.of("x", NpyArray.ofDoubles(new double[] {2}, 1));
    Map<String, Map<String, NpyArray>> found = new LinkedHashMap<>();
    TrainingState state = new TrainingState();
    state.arrays("a", () -> one, own -> found.put("a", own));
    state.arrays("ab", () -> two, own -> found.put("ab", own));
    state.arrays("none", Map::of, own -> found.put("none", own));
    state.names().forEach(name -> state.write(name, arrays, texts));
    state.names().forEach(name -> state.restore(name, saved()));
    assertEquals(1, found.get("a").get("x").toDoubles()[0]);
    assertEquals(2, found.get("ab").get("x").toDoubles()[0]);
    assertEquals(Map.of(), found.get("none"));
  }

  @Test
  void whatIsMissingOrRefusedNamesFileAndState() {
    TrainingState state = new TrainingState();
    state.text("count", () -> "1", Integer::parseInt);
    DataFormatException e =
        assertThrows(DataFormatException.class, () -> state.restore("count", saved()));
    assertTrue(e.getMessage().contains("kairos.state/count is missing"), e.getMessage());
    texts.put("kairos.state/count", "many");
    e = assertThrows(DataFormatException.class, () -> state.restore("count", saved()));
    assertTrue(e.getMessage().contains("state count"), e.getMessage());
  }

  @Test
  void namesAreTheirOwnAndHoldNoSlash() {
    TrainingState state = new TrainingState();
    state.text("a", () -> "", text -> {});
    assertThrows(IllegalArgumentException.class, () -> state.arrays("a", Map::of, arrays -> {}));
    assertThrows(IllegalArgumentException.class, () -> state.text("a/b", () -> "", text -> {}));
    assertThrows(IllegalArgumentException.class, () -> state.text("", () -> "", text -> {}));
  }
}
