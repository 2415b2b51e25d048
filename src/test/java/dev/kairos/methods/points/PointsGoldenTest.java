// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.points;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.golden.ApnJson;
import dev.kairos.golden.Golden;
import dev.kairos.methods.tal.Segment;
import dev.kairos.methods.tal.SnippetGrid;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** {@code apn/i_points.json}: the snippet of a moment, and points drawn by rule. */
class PointsGoldenTest {
  private static final double TOLERANCE = 1e-12;

  @Test
  void everyMomentIsOnItsSnippet() throws IOException {
    JsonNode cases = cases("index");
    for (JsonNode one : cases) {
      SnippetGrid grid = grid(one);
      double[] seconds = Golden.doubles(Golden.get(one, "seconds"));
      int[] expected = Golden.ints(Golden.get(one, "index"));
      assertEquals(expected.length, seconds.length);
      for (int i = 0; i < seconds.length; i++) {
        assertEquals(expected[i], grid.snippetAt(seconds[i]), one + " at " + seconds[i]);
      }
    }
  }

  private static SnippetGrid grid(JsonNode one) {
    int length = Golden.get(one, "T").intValue();
    String mode = Golden.get(one, "mode").textValue();
    return switch (mode) {
      case "native" -> new SnippetGrid(1, Golden.get(one, "tau_s").doubleValue(), length);
      case "rescaled" -> SnippetGrid.stretched(Golden.get(one, "duration").doubleValue(), length);
      default -> fail("unknown mode " + mode);
    };
  }

  @Test
  void everyPointIsDrawnFromItsNumbers() throws IOException {
    JsonNode cases = cases("generate");
    for (JsonNode one : cases) {
      GivenDraws draws = new GivenDraws(Golden.doubles(Golden.get(one, "numbers")));
      Segment segment =
          new Segment(Golden.get(one, "start").doubleValue(), Golden.get(one, "end").doubleValue());
      double expected = Golden.get(one, "seconds").doubleValue();
      double found = rule(one).moment(segment, draws);
      assertEquals(expected, found, TOLERANCE * Math.max(1, Math.abs(expected)), one.toString());
      assertEquals(Golden.get(one, "draws_used").intValue(), draws.used, one.toString());
    }
  }

  private static PointRule rule(JsonNode one) {
    String kind = Golden.get(one, "kind").textValue();
    return switch (kind) {
      case "uniform" -> PointRule.uniform();
      case "gaussian" -> new PointRule.Gaussian(Golden.get(one, "sigma").doubleValue());
      case "center" -> PointRule.centre();
      default -> fail("unknown kind " + kind);
    };
  }

  private static JsonNode cases(String part) throws IOException {
    JsonNode cases = Golden.get(ApnJson.file("i_points.json"), part);
    assertTrue(cases.size() > 0, part);
    return cases;
  }

  /** The numbers of a case, in order of use. */
  private static final class GivenDraws implements PointRule.Draws {
    private final double[] numbers;
    private int used;

    GivenDraws(double[] numbers) {
      this.numbers = numbers;
    }

    @Override
    public double uniform() {
      return numbers[used++];
    }

    @Override
    public double normal() {
      return numbers[used++];
    }
  }
}
