// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kairos.tensor.io.Npy;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code shared/cases/reliability/cas-traversal}: ids that lead out of the folder of curves. */
class IdsAsFilesTest {
  @TempDir Path folder;
  private Path cas = Path.of("");

  @BeforeEach
  void writeASecret() throws IOException {
    cas = Files.createDirectory(folder.resolve("cas"));
    float[] secret = new float[15];
    Arrays.fill(secret, 0.123456f);
    Npy.write(folder.resolve("secret.npy"), NpyArray.ofFloats(secret, 5, 3));
    Files.writeString(
        folder.resolve("dataset.toml"),
        """
        name = "x"
        fps = 25
        stride = 16
        classes = ["a", "b", "c"]
        [[streams]]
        name = "rgb"
        width = 2
        """);
  }

  private Run report(String id) throws IOException {
    ObjectMapper json = new ObjectMapper();
    Map<String, Object> found = Map.of("label", "a", "score", 0.5, "segment", List.of(1, 2));
    json.writeValue(
        folder.resolve("annotations.json").toFile(),
        Map.of(
            "database",
            Map.of(id, Map.of("subset", "test", "duration", 9, "annotations", List.of(found)))));
    json.writeValue(
        folder.resolve("found.json").toFile(), Map.of("results", Map.of(id, List.of(found))));
    return Run.of(
        "report",
        "--detections",
        folder.resolve("found.json"),
        "--truth",
        folder.resolve("annotations.json"),
        "--cas",
        cas,
        "--out",
        folder.resolve("page.html"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret",
        "./secret",
        "sub/../../secret",
        "a\0b",
        "\u001b[31mred\u0007\0",
        " ",
        ""
      })
  void anIdThatCannotNameAFileIsRefused(String id) throws IOException {
    refused(id);
  }

  @Test
  void anAbsoluteOrLongIdIsRefused() throws IOException {
    refused(folder.resolve("secret").toString());
    refused("x".repeat(9000));
  }

  private void refused(String id) throws IOException {
    Run run = report(id);
    assertEquals(3, run.code(), run.err());
    assertTrue(run.err().contains("KDATA-115"), run.err());
    assertTrue(run.err().length() < 1000, run.err());
    assertFalse(run.err().chars().anyMatch(c -> c != '\n' && Character.isISOControl(c)), run.err());
    assertFalse(Files.exists(folder.resolve("page.html")));
  }

  @Test
  void anIdThatNamesAFileShowsItsCurve() throws IOException {
    Npy.write(cas.resolve("v.1 x.npy"), NpyArray.ofFloats(new float[15], 5, 3));
    assertEquals(0, report("v.1 x").code());
    assertTrue(Files.readString(folder.resolve("page.html")).contains("\"cas\":{"));
  }
}
