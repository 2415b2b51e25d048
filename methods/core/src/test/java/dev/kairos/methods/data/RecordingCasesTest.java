// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code shared/cases/recordings}: folders that people have, and what is said of them. */
class RecordingCasesTest {

  private static List<DatasetProblem> problems(String name) throws IOException {
    return DatasetCheck.problemsInValuesToo(SharedCase.folder("recordings/" + name));
  }

  /** The causes, and in how many places of the case each shows. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ann-ids-with-mp4|2|the ids carry '.mp4'|take it off the ids",
        "feat-v-prefix|2|the features are named v_<id>.npy|name them <id>.npy",
        "feat-npz|2|the features are named <id>.npz|numpy.save",
        "layout-split-folders|2|they lie one folder level too deep|together in features/rgb",
        "feat-tencrop|1|looks like ten crops of every snippet|array.mean(axis=1)",
        "ann-subset-training-validation|1|no recording is in subset 'train'|training, validation",
        "ann-label-only|1|annotations[0] has no 'segment'|give [0, duration]",
        "ann-segment-null|1|annotations[0].segment must be a list|give [0, duration]",
        "rate-per-video|1|lasts 40.00 s, but its 75 snippets|frame rates of their own",
        "rate-rescaled-100|1|lasts 40.00 s, but its 100 snippets|all recordings have 100 snippets",
      })
  void theCauseIsNamedOnceAndWithAWayOut(String name, int count, String cause, String fix)
      throws IOException {
    List<DatasetProblem> problems = problems(name);
    assertEquals(count, problems.size(), problems::toString);
    assertTrue(problems.get(0).message().contains(cause), problems::toString);
    assertTrue(problems.get(0).fix().contains(fix), problems::toString);
    assertEquals(!name.startsWith("rate-"), problems.get(0).fatal(), problems::toString);
  }

  @Test
  void aDictOfOneArrayIsReadWithoutRunningIt() throws IOException {
    assertEquals(List.of(), problems("feat-pickled-dict"));
  }

  @Test
  void everyWrongRecordingIsListedWithItsPlace() throws IOException {
    List<DatasetProblem> problems = problems("ann-many-wrong");
    assertEquals(3, problems.size(), problems::toString);
    assertTrue(problems.get(0).message().contains("'video_000': annotations[0].segment ends"));
    assertTrue(problems.get(1).message().contains("'video_001': 'duration' must be positive"));
    assertTrue(problems.get(2).message().contains("'video_002': annotations[0].label must be"));
  }

  @ParameterizedTest
  @CsvSource({
    "ann-ids-with-mp4",
    "feat-v-prefix",
    "feat-npz",
    "layout-split-folders",
    "feat-tencrop",
    "ann-subset-training-validation",
    "ann-label-only",
    "ann-segment-null",
    "rate-per-video",
    "rate-rescaled-100",
    "ann-many-wrong"
  })
  void adviceNamesNoVerbAndDeletesNothing(String name) throws IOException {
    for (DatasetProblem problem : problems(name)) {
      String all = problem.toString().toLowerCase(Locale.ROOT);
      for (String never : List.of("import-", "remove", "delete", "kairos ")) {
        assertFalse(
            problem.fix().toLowerCase(Locale.ROOT).replace("kairos reads", "").contains(never),
            all);
      }
    }
  }
}
