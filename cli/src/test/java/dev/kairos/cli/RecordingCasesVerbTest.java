// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kairos.methods.data.DatasetCheck;
import dev.kairos.methods.data.DatasetProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code shared/cases/recordings} as the command answers them. */
class RecordingCasesVerbTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "eval-tiou-boundary-03, 0.1:0.1:0.7, 2",
    "eval-tiou-boundary-03, 0.3:0.1:0.7, 0",
    "eval-tiou-boundary-085, 0.5:0.05:0.95, 7"
  })
  void anOverlapOfExactlyTheThresholdIsAHit(String name, String range, int last)
      throws IOException {
    Path at = SharedCase.folder("recordings/" + name);
    Run run =
        Run.of(
            "evaluate",
            "--json",
            "--detections",
            at.resolve("det.json"),
            "--truth",
            at.resolve("gt.json"),
            "--tiou",
            range);
    assertEquals(0, run.code(), run.err());
    JsonNode map = new ObjectMapper().readTree(run.out()).path("map");
    for (int k = 0; k < map.size(); k++) {
      assertEquals(k <= last ? 1 : 0, map.get(k).doubleValue(), run.out());
    }
  }

  @Test
  void aFileIsWhatItsKeysSayWhereverTheyStand() {
    Path at = SharedCase.folder("recordings/inspect-taxonomy-first");
    Run run = Run.of("inspect", at.resolve("gt.json"), at.resolve("det.json"));
    assertEquals(0, run.code(), run.err());
    assertEquals(
        List.of(
            at.resolve("gt.json").toString(),
            "  1 recording: test 1",
            "  1 action of 1 class: run 1",
            at.resolve("det.json").toString(),
            "  1 detection in 1 recording",
            "  1 class: run"),
        run.out().lines().toList());
  }

  @Test
  void ratesOfRecordingsAreSaid() {
    Run run = Run.of("inspect", SharedCase.folder("recordings/rate-per-video"));
    assertTrue(
        run.out().contains("0.640000 s per snippet, but 6 recordings by the fps of their own"),
        run.out());
  }

  @ParameterizedTest
  @CsvSource({
    "ann-ids-with-mp4, 3", "ann-label-only, 0", "ann-many-wrong, 3", "ann-segment-null, 0",
    "ann-subset-training-validation, 0", "feat-npz, 0", "feat-pickled-dict, 0", "feat-tencrop, 3",
    "feat-v-prefix, 3", "layout-split-folders, 3", "rate-per-video, 0", "rate-rescaled-100, 0"
  })
  void inspectAndTrainSayTheSame(String name, int code) throws IOException {
    Path at = SharedCase.folder("recordings/" + name);
    Run inspect = Run.of("inspect", at);
    Run train = TinyData.train(at, folder.resolve("run"), "--dry-run");
    assertEquals(code, inspect.code(), inspect.err());
    assertEquals(code, train.code(), train.err());
    List<DatasetProblem> problems = DatasetCheck.problemsInValuesToo(at);
    for (DatasetProblem problem : problems) {
      assertTrue(inspect.out().contains(problem.toString()), inspect.out());
      assertTrue(train.err().contains(problem.message()), train.err());
    }
    assertEquals(problems.isEmpty(), inspect.out().contains("no problems"), inspect.out());
  }
}
