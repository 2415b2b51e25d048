// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pseudolabel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.golden.Golden;
import dev.kairos.golden.GoldenFolder;
import dev.kairos.methods.data.SnippetSampling;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * {@code gaufuse/hosts_proposals.json}, attachment: labels of sampled snippets, at the recording's
 * own length, and at the snippets that a training draws.
 */
class AttachmentGoldenTest {
  @Test
  void labelsOfSampledSnippets() throws IOException {
    JsonNode cases =
        Golden.get(
            GoldenFolder.json(
                GoldenFolder.present(GoldenFolder.of("gaufuse").resolve("hosts_proposals.json"))),
            "attachment");
    assertTrue(cases.size() > 0);
    for (JsonNode one : cases) {
      check(one);
    }
  }

  private static void check(JsonNode one) {
    int length = Golden.get(one, "T").intValue();
    int samples = Golden.get(one, "n").intValue();
    boolean wum = Golden.get(one, "wum_rule").booleanValue();
    int[] places =
        wum && length <= samples
            ? IntStream.range(0, length).toArray()
            : SnippetSampling.uniform(samples, length);
    assertArrayEquals(Golden.ints(Golden.get(one, "test_indices")), places);
    assertArrayEquals(
        Golden.ints(Golden.get(one, "nearest_test_row_of_snippet")),
        SoftLabels.nearest(places, length));
    int classes = Golden.get(one, "classes").intValue();
    SoftLabels grid =
        SoftLabels.ofOwnLength(
            List.of("a"), new float[][] {flat(Golden.get(one, "labels_test_grid"))}, classes);
    SoftLabels own = grid.atOwnLength(new int[][] {places}, new int[] {length});
    assertArrayEquals(flat(Golden.get(one, "labels_original_grid")), own.of(0));

    int[] lowest = SnippetSampling.lowest(samples, length);
    int[] highest = SnippetSampling.highest(samples, length);
    assertArrayEquals(Golden.ints(Golden.get(one, "draw_low")), lowest);
    assertArrayEquals(Golden.ints(Golden.get(one, "draw_high")), highest);
    double[] u = Golden.doubles(Golden.get(one, "u"));
    int[] drawn = new int[samples];
    for (int i = 0; i < samples; i++) {
      drawn[i] = lowest[i] + (int) Math.floor(u[i] * (highest[i] - lowest[i] + 1));
    }
    assertArrayEquals(Golden.ints(Golden.get(one, "train_indices")), drawn);
    float[] train = new float[samples * classes];
    own.copyRows(0, drawn, train, 0);
    assertArrayEquals(flat(Golden.get(one, "labels_train")), train);
    assertEquals(classes, own.channels());
  }

  private static float[] flat(JsonNode rows) {
    float[] all = new float[rows.size() * rows.get(0).size()];
    int at = 0;
    for (JsonNode row : rows) {
      for (double value : Golden.doubles(row)) {
        all[at++] = (float) value;
      }
    }
    return all;
  }
}
