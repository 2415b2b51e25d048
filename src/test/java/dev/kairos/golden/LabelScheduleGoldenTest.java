// SPDX-License-Identifier: Apache-2.0
package dev.kairos.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.methods.gaufuse.LabelSchedule;
import dev.kairos.methods.gaufuse.LabelSchedule.Epoch;
import java.io.IOException;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code gaufuse/schedule.json}: what happens in which epoch. */
class LabelScheduleGoldenTest {
  private static final Map<String, Function<Epoch, Object>> COLUMNS =
      Map.ofEntries(
          Map.entry("target", e -> e.target().name()),
          Map.entry("factor", Epoch::factor),
          Map.entry("latest", Epoch::latest),
          Map.entry("previous", Epoch::previous),
          Map.entry("lambda_spl", Epoch::propagationWeight),
          Map.entry("memory", Epoch::memory),
          Map.entry("lr", Epoch::learningRate),
          Map.entry("generation", Epoch::generation),
          Map.entry("tau", Epoch::temperature),
          Map.entry("memory_emptied_at_start", e -> e.generation() >= 0),
          Map.entry("memory_initialised_after", Epoch::fillsMemoryAfter));

  static Stream<Arguments> schedules() {
    return Stream.of(
        Arguments.of("CODE", LabelSchedule.CODE),
        Arguments.of("PAPER", LabelSchedule.PAPER),
        Arguments.of("RSKP", LabelSchedule.NONE));
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void everyEpoch(String name, LabelSchedule schedule) throws IOException {
    JsonNode all =
        GoldenFolder.json(
            GoldenFolder.present(GoldenFolder.of("gaufuse").resolve("schedule.json")));
    int checked = 0;
    for (Map.Entry<String, JsonNode> column : Golden.get(all, name).properties()) {
      if (column.getKey().equals("lambda_dist")) {
        double[] weights = Golden.doubles(column.getValue());
        for (int epoch = 0; epoch < weights.length; epoch++) {
          double found = schedule.at(epoch).labelWeight();
          assertEquals(weights[epoch], found, 1e-12 * weights[epoch], "weight in " + epoch);
        }
      } else if (column.getValue().isArray()) {
        Function<Epoch, Object> of = COLUMNS.get(column.getKey());
        assertTrue(of != null, "a column that is not known: " + column.getKey());
        for (JsonNode run : column.getValue()) {
          for (int epoch = run.get(0).intValue(); epoch < run.get(1).intValue(); epoch++) {
            assertEquals(
                value(run.get(2)),
                comparable(of.apply(schedule.at(epoch))),
                column.getKey() + " in epoch " + epoch);
          }
        }
      } else {
        continue; // how many epochs there are
      }
      checked++;
    }
    assertTrue(checked > 0, "no column");
  }

  private static Object value(JsonNode node) {
    return node.isNull()
        ? Double.NaN
        : node.isBoolean()
            ? node.booleanValue()
            : node.isTextual() ? node.asText() : node.asDouble();
  }

  private static Object comparable(Object found) {
    return found instanceof Number number ? number.doubleValue() : found;
  }

  @Test
  void otherLengthsAreStretched() {
    assertEquals(0, LabelSchedule.epochOf(0, 100));
    assertEquals(200, LabelSchedule.epochOf(4000, 7000));
    assertEquals(346, LabelSchedule.epochOf(99, 100));
    assertEquals(199, LabelSchedule.epochOf(399, 700));
  }
}
