// SPDX-License-Identifier: Apache-2.0
package dev.kairos.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.methods.data.SnippetSampling;
import dev.kairos.methods.pseudolabel.LabelQuality;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Segment;
import dev.kairos.methods.tal.SnippetGrid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code multires/labelmetrics}: true classes of snippets, precision and recall of labels. */
class LabelMetricsGoldenTest {

  @Test
  void everyVideoAndThePool() throws IOException {
    JsonNode all =
        GoldenFolder.json(GoldenFolder.of("multires/labelmetrics").resolve("cases.json"));
    int background = Golden.get(all, "background_id").intValue();
    JsonNode videos = Golden.get(all, "videos");
    assertTrue(!videos.isEmpty(), "videos");
    LabelQuality pooled = LabelQuality.NONE;
    for (JsonNode video : videos) {
      pooled = pooled.plus(check(video, background));
    }
    assertEquals(Golden.get(all, "selected").longValue(), pooled.selected());
    assertEquals(Golden.get(all, "correct").longValue(), pooled.correct());
    assertEquals(Golden.get(all, "total_frames").longValue(), pooled.total());
    double[] expected = {
      Golden.get(all, "precision").doubleValue(), Golden.get(all, "recall").doubleValue()
    };
    Golden.assertClose(
        expected, new double[] {pooled.precision(), pooled.recall()}, "precision, recall");
  }

  private static LabelQuality check(JsonNode video, int background) {
    String id = Golden.get(video, "video").asText();
    List<String> classes = IntStream.range(0, background).mapToObj(Integer::toString).toList();
    List<ActionInstance> instances = new ArrayList<>();
    for (JsonNode a : Golden.get(video, "annotations")) {
      Segment segment = new Segment(a.get(1).doubleValue(), a.get(2).doubleValue());
      instances.add(new ActionInstance(a.get(0).asText(), segment));
    }
    int length = Golden.get(video, "v_len").intValue();
    SnippetGrid grid =
        new SnippetGrid(
            Golden.get(video, "fps").doubleValue(),
            Golden.get(video, "snippet").doubleValue(),
            length);
    int[] snippets = SnippetSampling.uniform(Golden.get(video, "T").intValue(), length);
    int[][] actual = LabelQuality.trueClasses(instances, classes, snippets, grid);
    JsonNode expected = Golden.get(video, "gt_sets");
    assertEquals(expected.size(), actual.length, id);
    for (int t = 0; t < actual.length; t++) {
      int[] sorted = IntStream.of(Golden.ints(expected.get(t))).sorted().toArray();
      assertArrayEquals(sorted, actual[t], id + ", snippet " + t);
    }
    int[] labels = Golden.ints(Golden.get(video, "pseudo_label"));
    LabelQuality quality = LabelQuality.of(labels, actual, background);
    assertEquals(Golden.get(video, "selected").longValue(), quality.selected(), id);
    assertEquals(Golden.get(video, "correct").longValue(), quality.correct(), id);
    return quality;
  }
}
