// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.golden.Golden;
import dev.kairos.golden.GoldenFolder;
import dev.kairos.methods.proposal.CandidateRule;
import dev.kairos.methods.proposal.InstanceFusion;
import dev.kairos.methods.tal.Interval;
import dev.kairos.methods.tal.Proposal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * {@code gaufuse/pipeline_eval.json}: from scores of snippets to fused detections, and the mAP of
 * those that are stored. A fused detection that is not stored must meet an ambiguous stretch.
 */
class FusedDetectionsGoldenTest {
  private static final double CLASS_THRESHOLD = 0.16;
  private static final double TOLERANCE = 1e-6;
  private static final InstanceFusion FUSION = InstanceFusion.gaussian().withTemperature(0.03);

  private static JsonNode file(String name) throws IOException {
    return GoldenFolder.json(GoldenFolder.present(GoldenFolder.of("gaufuse").resolve(name)));
  }

  private record Found(int video, Proposal instance) {}

  @Test
  void fromScoresToMap() throws IOException {
    JsonNode file = file("pipeline_eval.json");
    JsonNode data = file("map_thumos.json");
    JsonNode classes = Golden.get(data, "classes");
    JsonNode stored = Golden.get(file, "detections_per_class");
    Map<String, List<SnippetDetection>> detections = new LinkedHashMap<>();
    for (int c = 0; c < classes.size(); c++) {
      List<Found> found = fused(file, c);
      int next = 0;
      for (JsonNode row : stored.get(c)) {
        double[] r = Golden.doubles(row);
        while (next < found.size() && !isSame(r, found.get(next))) {
          assertTrue(isAmbiguous(data, found.get(next)), "not stored: " + found.get(next));
          next++;
        }
        assertTrue(next < found.size(), "not found: " + row);
        next++;
        Interval snippets = new Interval((int) r[1], (int) r[2]);
        detections
            .computeIfAbsent(FamilyMapGoldenTest.name(data, (int) r[0]), id -> new ArrayList<>())
            .add(new SnippetDetection(classes.get(c).asText(), snippets, r[3]));
      }
      for (; next < found.size(); next++) {
        assertTrue(isAmbiguous(data, found.get(next)), "not stored: " + found.get(next));
      }
    }
    EvaluationResult result =
        new SnippetMeanAveragePrecision(Golden.get(data, "factor").doubleValue(), false)
            .evaluate(
                FamilyMapGoldenTest.truth(data),
                detections,
                Map.of(),
                Golden.doubles(Golden.get(file, "tious")));
    Golden.assertClose(Golden.doubles(Golden.get(file, "map_percent")), result.mapPercent(), "mAP");
  }

  /** The fused instances of a class in all recordings, by descending score. */
  private static List<Found> fused(JsonNode file, int label) {
    List<Found> found = new ArrayList<>();
    JsonNode frames = Golden.get(file, "frm_pred");
    for (int v = 0; v < frames.size(); v++) {
      if (Golden.get(file, "vid_pred").get(v).get(label).doubleValue() < CLASS_THRESHOLD) {
        continue;
      }
      double[] scores = new double[frames.get(v).size()];
      for (int t = 0; t < scores.length; t++) {
        scores[t] = frames.get(v).get(t).get(label).doubleValue();
      }
      for (Proposal p : FUSION.proposals(CandidateRule.fusion().candidates(scores, label))) {
        found.add(new Found(v, p));
      }
    }
    found.sort((a, b) -> Double.compare(b.instance().score(), a.instance().score()));
    return found;
  }

  private static boolean isSame(double[] row, Found found) {
    Proposal p = found.instance();
    return (int) row[0] == found.video()
        && Math.abs(row[1] - p.start()) <= TOLERANCE
        && Math.abs(row[2] - p.end()) <= TOLERANCE
        && Math.abs(row[3] - p.score()) <= TOLERANCE;
  }

  private static boolean isAmbiguous(JsonNode data, Found found) {
    double factor = Golden.get(data, "factor").doubleValue();
    String name = FamilyMapGoldenTest.name(data, found.video());
    for (JsonNode row : Golden.get(data, "ambiguous")) {
      double from = Math.rint(row.get(1).doubleValue() * factor);
      double to = Math.rint(row.get(2).doubleValue() * factor);
      boolean meets =
          Math.max(from, (int) found.instance().start())
              < Math.min(to, (int) found.instance().end());
      if (row.get(0).asText().equals(name) && meets) {
        return true;
      }
    }
    return false;
  }
}
