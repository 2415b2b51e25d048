// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.tensor.io.Npy;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
        "'a': lasts 100.00 s, but its 5 snippets cover 3.20 s",
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
  void whatHasOneCauseIsOneProblem() throws IOException {
    List<Recording> many = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      many.add(
          new Recording(
              "n" + i, "train", 3, List.of(SmallDataset.instance("Run", 0, 1)), List.of()));
    }
    AnnotationFile.write(folder.resolve("annotations.json"), many);
    Files.delete(folder.resolve("points.csv"));
    List<DatasetProblem> problems = DatasetCheck.problems(folder);
    assertSaid(problems, true, "rgb/n0.npy: no such file", "39 more such: rgb/n1.npy, ", "..)");
    assertSaid(problems, true, "flow/n0.npy: no such file", "39 more such");
    assertSaid(problems, false, "flow/a.npy: belongs to no recording", "5 more such: flow/b.npy");
    assertSaid(problems, false, "no recording has one of 2 classes: Jump, Throw");
    assertEquals(List.of(40, 40, 6, 1), byCount(problems), problems::toString);
  }

  private static List<Integer> byCount(List<DatasetProblem> problems) {
    return problems.stream().map(DatasetProblem::count).sorted((a, b) -> b - a).toList();
  }

  @Test
  @Timeout(120) // suggestions for each of them took minutes
  void thousandsOfLongUnknownLabelsAreOneProblem() throws IOException {
    List<Recording> recordings = new ArrayList<>(SmallDataset.RECORDINGS);
    for (int i = 0; i < 20; i++) {
      List<ActionInstance> instances = new ArrayList<>();
      for (int k = 0; k < 1000; k++) {
        instances.add(SmallDataset.instance(i + "-" + k + "y".repeat(190), 0, 1));
      }
      recordings.add(new Recording("d" + i, "train", 2, instances, List.of()));
    }
    AnnotationFile.write(folder.resolve("annotations.json"), recordings);
    List<DatasetProblem> problems = DatasetCheck.problems(folder);
    DatasetProblem labels = problems.get(0);
    assertEquals("KDATA-114", labels.code());
    assertEquals(20_000, labels.count());
    assertTrue(labels.toString().length() < 1000, labels.toString());
    assertTrue(labels.fix().contains("add it to 'classes'"), labels.fix());
  }
}
