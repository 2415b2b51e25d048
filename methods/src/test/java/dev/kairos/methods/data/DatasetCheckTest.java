// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.tensor.io.Npy;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetCheckTest {
  @TempDir Path parent;
  private Path folder = Path.of("");

  @BeforeEach
  void writeFolder() throws IOException {
    folder = SmallDataset.write(parent);
  }

  private static void assertSaid(List<DatasetProblem> problems, boolean fatal, String... parts) {
    boolean said =
        problems.stream()
            .anyMatch(
                p ->
                    p.fatal() == fatal
                        && List.of(parts).stream().allMatch(part -> p.toString().contains(part)));
    assertTrue(said, () -> List.of(parts) + " not in " + problems);
  }

  @Test
  void aGoodFolderHasNoProblems() throws IOException {
    assertEquals(List.of(), DatasetCheck.problems(folder));
    assertEquals(List.of(), DatasetCheck.problemsInValuesToo(folder));
  }

  @Test
  void everythingWrongIsListedAtOnce() throws IOException {
    Path rgb = folder.resolve("features/rgb");
    Files.move(rgb.resolve("a.npy"), rgb.resolve("aa.npy"));
    FeatureFile.write(rgb.resolve("b.npy"), SmallDataset.ramp(4, 6));
    FeatureFile.write(rgb.resolve("c.npy"), SmallDataset.ramp(9, 3));
    Files.createDirectory(folder.resolve("features/depth"));
    Files.writeString(folder.resolve("points.csv"), "id,class,seconds\na,Throw,1\na,Run,99\n");
    List<DatasetProblem> problems = DatasetCheck.problems(folder);
    assertSaid(problems, true, "KDATA-131", "a.npy: no such file");
    assertSaid(problems, true, "KDATA-132", "b.npy", "expected 3 columns, found 6");
    assertSaid(problems, true, "KDATA-134", "c.npy", "9 snippets");
    assertSaid(problems, false, "KDATA-135", "aa.npy", "belongs to no recording");
    assertSaid(problems, false, "KDATA-135", "depth", "is no stream");
    assertSaid(problems, false, "KDATA-136", "is of class 'Throw'");
    assertSaid(problems, false, "KDATA-136", "99.0 s lies beyond");
    assertEquals(7, problems.size(), problems::toString);
  }

  @Test
  void annotationsAreCheckedLabelByLabel() throws IOException {
    List<Recording> recordings = new ArrayList<>(SmallDataset.RECORDINGS);
    recordings.add(
        new Recording(
            "d",
            "train",
            2,
            List.of(SmallDataset.instance("Rum", 0, 3), SmallDataset.instance("Swim", 0, 1)),
            List.of()));
    recordings.add(new Recording("..", "train", 2, List.of(), List.of()));
    AnnotationFile.write(folder.resolve("annotations.json"), recordings);
    List<DatasetProblem> problems = DatasetCheck.problems(folder);
    assertSaid(problems, true, "KDATA-114", "'d'", "'Rum'", "did you mean 'Run'?");
    assertSaid(problems, true, "KDATA-114", "'Swim'");
    assertSaid(problems, true, "KDATA-115", "'..'");
    assertSaid(problems, false, "KDATA-112", "[0.0, 3.0]");
    assertSaid(problems, false, "KDATA-136", "'..'", "has no label");
  }

  @Test
  void aWrongStrideShowsAgainstTheDuration() throws IOException {
    List<Recording> longer = List.of(new Recording("a", "test", 100, List.of(), List.of()));
    AnnotationFile.write(folder.resolve("annotations.json"), longer);
    Files.delete(folder.resolve("points.csv"));
    assertSaid(
        DatasetCheck.problems(folder),
        false,
        "'a' lasts 100.00 s, but its 5 snippets cover 3.20 s",
        "correct fps and stride");
  }

  @Test
  void valuesAreReadOnlyWhenAsked() throws IOException {
    float[] values = new float[8];
    values[3] = Float.NaN;
    Npy.write(folder.resolve("features/flow/b.npy"), NpyArray.ofFloats(values, 4, 2));
    assertEquals(List.of(), DatasetCheck.problems(folder));
    assertSaid(DatasetCheck.problemsInValuesToo(folder), true, "b.npy", "row 1, column 1 is NaN");
  }

  @Test
  void brokenFilesDoNotHideEachOther() throws IOException {
    Files.writeString(folder.resolve("dataset.toml"), "name = ");
    Files.writeString(folder.resolve("annotations.json"), "{\"database\": ");
    List<DatasetProblem> problems = DatasetCheck.problems(folder);
    assertSaid(problems, true, "dataset.toml");
    assertSaid(problems, true, "annotations.json");
    assertSaid(DatasetCheck.problems(parent.resolve("none")), true, "no such folder");
  }

  @Test
  void aLongListIsCut() throws IOException {
    List<Recording> many = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      many.add(
          new Recording(
              "n" + i, "test", 3, List.of(SmallDataset.instance("Run", 0, 1)), List.of()));
    }
    AnnotationFile.write(folder.resolve("annotations.json"), many);
    Files.delete(folder.resolve("points.csv"));
    List<DatasetProblem> problems = DatasetCheck.problems(folder);
    assertEquals(DatasetCheck.MAX_PROBLEMS + 1, problems.size());
    // 80 missing files, 6 files of nobody, 2 classes of nobody
    assertTrue(problems.get(50).message().startsWith("and 38 more"), problems.get(50).toString());
    assertFalse(problems.get(50).fatal());
  }
}
