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
import org.junit.jupiter.params.provider.ValueSource;

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
        "ann-ids-with-mp4|2|the ids carry '.mp4'|files = \"features/rgb/{stem}.npy\"",
        "feat-v-prefix|2|the features are named v_<id>.npy|files = \"features/rgb/v_{id}.npy\"",
        "layout-split-folders|2|they lie one folder level too deep|files = \"features/{subset}/rgb/{id}.npy\"",
        "feat-tencrop|1|looks like ten crops of every snippet|crops = \"mean\"",
        "rate-rescaled-100|1|lasts 40.00 s, but its 100 snippets|snippets = \"stretched\"",
      })
  void theCauseIsNamedOnceAndWithAWayOut(String name, int count, String cause, String fix)
      throws IOException {
    List<DatasetProblem> problems = problems(name);
    assertEquals(count, problems.size(), problems::toString);
    assertTrue(problems.get(0).message().contains(cause), problems::toString);
    assertTrue(problems.get(0).fix().contains(fix), problems::toString);
    assertEquals(!name.startsWith("rate-"), problems.get(0).fatal(), problems::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ann-subset-training-validation",
        "ann-label-only",
        "ann-segment-null",
        "feat-npz",
        "rate-per-video"
      })
  void whatPeopleHaveIsRight(String name) throws IOException {
    assertEquals(List.of(), problems(name));
    Dataset data = Dataset.open(SharedCase.folder("recordings/" + name));
    assertEquals(4, data.subset(Dataset.TRAIN).size());
    for (Recording recording : data.recordings()) {
      assertFalse(recording.labels().isEmpty());
      double covered = data.grid(recording, data.featureLength(recording)).duration();
      assertEquals(recording.duration(), covered, 0.7, recording.id());
    }
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
