// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FuseVerbTest {
  private static final String THREE =
      "[{\"start\": 2, \"end\": 10, \"score\": 0.5, \"weight\": 0.25},"
          + " {\"start\": 4, \"end\": 12, \"score\": 0.75, \"weight\": 0.25},"
          + " {\"start\": 30, \"end\": 40, \"score\": 0.625}]";

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("proposals.json"), text);
  }

  private Run fuse(String text, Object... options) throws IOException {
    Object[] all = new Object[options.length + 3];
    all[0] = "fuse";
    all[1] = "--proposals";
    all[2] = file(text);
    System.arraycopy(options, 0, all, 3, options.length);
    return Run.of(all);
  }

  @Test
  void jsonIsThatOfTheContract() throws IOException {
    Run run = fuse(THREE, "--fusion", "gaussian", "--json");
    assertEquals(0, run.code(), run.err());
    assertEquals("", run.err());
    assertEquals(
        "[{\"start\":3.0,\"end\":11.0,\"score\":0.625,\"members\":2},"
            + "{\"start\":30.0,\"end\":40.0,\"score\":0.625,\"members\":1}]",
        run.out().strip());
  }

  @Test
  void asLines() throws IOException {
    Run run = fuse(THREE, "--fusion", "nms");
    assertEquals(
        List.of("[4.0, 12.0)  0.75  of 2 proposals", "[30.0, 40.0)  0.625  of 1 proposal"),
        run.out().lines().toList());
  }

  @Test
  void everyKindHasAnAnswer() throws IOException {
    for (String kind :
        List.of("gaussian", "uniform", "exponential", "student", "nms", "soft-nms", "Soft-NMS")) {
      Run run = fuse(THREE, "--fusion", kind, "--json");
      assertEquals(0, run.code(), kind + run.err());
      assertTrue(run.out().startsWith("[{\"start\":"), kind + run.out());
    }
    assertEquals("[]", fuse("[]", "--fusion", "gaussian", "--json").out().strip());
  }

  @Test
  void optionsChangeTheAnswer() throws IOException {
    String two =
        "[{\"start\": 0, \"end\": 99, \"score\": 0.9}, {\"start\": 9, \"end\": 19, \"score\": 0.5}]";
    assertEquals(1, fuse(two, "--fusion", "nms").out().lines().count());
    assertEquals(2, fuse(two, "--fusion", "nms", "--overlap", "iou").out().lines().count());
    assertEquals(2, fuse(two, "--fusion", "nms", "--tiou", "1").out().lines().count());
    String cold = fuse(two, "--fusion", "gaussian", "--temperature", "1e-6").out();
    String warm = fuse(two, "--fusion", "gaussian", "--temperature", "1e6").out();
    assertEquals("[0.0, 99.0)  0.9  of 2 proposals", cold.strip());
    assertTrue(warm.startsWith("[4.49"), warm);
    String lowered = fuse(two, "--fusion", "soft-nms", "--tiou", "0.05").out();
    assertTrue(lowered.contains("[9.0, 19.0)  0.44"), lowered);
  }

  @Test
  void refusesWhatSaysNothing() throws IOException {
    for (Object[] options :
        new Object[][] {
          {"--fusion", "nms", "--temperature", "1"},
          {"--fusion", "uniform", "--temperature", "1"},
          {"--fusion", "gaussian", "--temperature", "0"},
          {"--fusion", "gaussian", "--temperature", "NaN"},
          {"--fusion", "gaussian", "--tiou", "1.5"},
          {"--fusion", "soft-nms", "--tiou", "0"},
          {"--fusion", "soft-nms", "--overlap", "iou"},
          {"--fusion", "gaussian", "--overlap", "both"},
          {"--fusion", "median"},
          {},
        }) {
      Run run = fuse(THREE, options);
      assertEquals(2, run.code(), List.of(options) + run.out());
      assertTrue(!run.err().isBlank());
    }
    assertEquals(3, fuse("[{\"start\": 3, \"end\": 1, \"score\": 1}]", "--fusion", "nms").code());
    assertEquals(3, fuse("{}", "--fusion", "nms").code());
  }
}
