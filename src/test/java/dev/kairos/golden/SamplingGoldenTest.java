// SPDX-License-Identifier: Apache-2.0
package dev.kairos.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.methods.data.SnippetSampling;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** {@code multires/sampling}: uniform indices, and the range of every random index. */
class SamplingGoldenTest {
  private static final int DRAWS = 200;

  @TestFactory
  Stream<DynamicTest> everyCase() throws IOException {
    JsonNode cases = GoldenFolder.json(GoldenFolder.of("multires/sampling").resolve("cases.json"));
    return StreamSupport.stream(cases.spliterator(), false)
        .map(
            c -> {
              int samples = Golden.get(c, "num_segments").intValue();
              int length = Golden.get(c, "length").intValue();
              return DynamicTest.dynamicTest(
                  "S " + samples + ", L " + length, () -> check(c, samples, length));
            });
  }

  private static void check(JsonNode c, int samples, int length) {
    int[] uniform = Golden.ints(Golden.get(c, "uniform"));
    int[] lowest = Golden.ints(Golden.get(c, "random_lo"));
    int[] highest = Golden.ints(Golden.get(c, "random_hi"));
    assertEquals(samples, uniform.length);
    assertArrayEquals(uniform, SnippetSampling.uniform(samples, length), "uniform");
    assertArrayEquals(lowest, SnippetSampling.lowest(samples, length), "random_lo");
    assertArrayEquals(highest, SnippetSampling.highest(samples, length), "random_hi");
    SplittableRandom random = new SplittableRandom(samples * 31L + length);
    for (int draw = 0; draw < DRAWS; draw++) {
      int[] indices = SnippetSampling.random(samples, length, random);
      for (int i = 0; i < samples; i++) {
        assertTrue(
            lowest[i] <= indices[i] && indices[i] <= highest[i], () -> Arrays.toString(indices));
      }
    }
  }
}
