// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.golden.GoldenFolder;
import dev.kairos.tensor.io.Npy;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** Golden tests on folders that are not the project's copy: with other counts, or a part of it. */
class GoldenFolderTest {
  private static final String PROPERTY = "kairos.golden";

  @TempDir Path root;

  private @Nullable String given;

  @BeforeEach
  void remember() {
    given = System.getProperty(PROPERTY);
    System.clearProperty(PROPERTY);
  }

  @AfterEach
  void restore() {
    System.clearProperty(PROPERTY);
    if (given != null) {
      System.setProperty(PROPERTY, given);
    }
  }

  /** A copy of the files of one folder that is the root from now on. */
  private Path variant(String name) throws IOException {
    Path original = GoldenFolder.of(name);
    Path folder = Files.createDirectories(root.resolve(name));
    try (Stream<Path> files = Files.list(original)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    System.setProperty(PROPERTY, root.toString());
    return folder;
  }

  @Test
  void lackingFileIsNamedAndSkipsItsTestAlone() throws IOException {
    Path folder = variant("multires/ptlr");
    Files.delete(folder.resolve("worked_example.json"));
    PtlrGoldenTest test = new PtlrGoldenTest();
    TestAbortedException e = assertThrows(TestAbortedException.class, test::workedExample);
    assertEquals(folder + " holds no worked_example.json", e.getMessage());
    test.upsamplingMaps();
  }

  @Test
  void lackingFoldersAndCasesAreNamed() throws IOException {
    Path folder = variant("multires/ptlr");
    TestAbortedException none =
        assertThrows(TestAbortedException.class, () -> GoldenFolder.of("gaufuse"));
    assertEquals(root + " holds no gaufuse", none.getMessage());
    TestAbortedException empty =
        assertThrows(TestAbortedException.class, () -> new PtlrGoldenTest().outputs());
    assertEquals(folder + " holds no case*", empty.getMessage());
  }

  @Test
  void theCopyMustBeWhole() {
    Path folder = GoldenFolder.of("multires/ptlr");
    assertThrows(
        AssertionFailedError.class, () -> GoldenFolder.present(folder.resolve("no_example.json")));
    assertThrows(AssertionFailedError.class, () -> GoldenFolder.of("multires/none"));
  }

  @Test
  void rootThatIsMissingFails() {
    System.setProperty(PROPERTY, root.resolve("none").toString());
    assertThrows(AssertionFailedError.class, () -> GoldenFolder.of("multires/ptlr"));
  }

  /** Four classes, eleven recordings, two scales, two stages, seven features. */
  @Test
  void refinementOfOtherCounts() throws IOException {
    Path folder = Files.createDirectories(root.resolve("multires/ptlr/algorithm1"));
    RefinementVariant.write(folder);
    System.setProperty(PROPERTY, root.toString());
    new Algorithm1GoldenTest().everyStage("reference");
    RefinementStagesGoldenTest stages = new RefinementStagesGoldenTest();
    stages.parent = Files.createDirectories(root.resolve("runs"));
    stages.everyStage("reference");
  }

  /** The same folder fails where a number is wrong, and not for its counts. */
  @Test
  void wrongLabelOfOtherCountsFails() throws IOException {
    Path folder = Files.createDirectories(root.resolve("multires/ptlr/algorithm1"));
    RefinementVariant.write(folder);
    System.setProperty(PROPERTY, root.toString());
    Path file = folder.resolve("stage2_rts_label.npy");
    NpyArray right = Npy.read(file);
    int[] labels = right.toInts();
    labels[0] = labels[0] == 0 ? 1 : 0;
    Npy.write(file, NpyArray.ofInts(labels, right.shape()));
    RefinementStagesGoldenTest stages = new RefinementStagesGoldenTest();
    stages.parent = Files.createDirectories(root.resolve("runs"));
    for (Executable test :
        List.<Executable>of(
            () -> new Algorithm1GoldenTest().everyStage("reference"),
            () -> stages.everyStage("reference"))) {
      AssertionFailedError e = assertThrows(AssertionFailedError.class, test);
      assertTrue(String.valueOf(e.getMessage()).startsWith("stage2_rts"), e::getMessage);
    }
  }
}
