// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PointFileTest {
  private static final Map<String, Recording> KNOWN =
      Map.of(
          "v_1", new Recording("v_1", "train", 10, List.of(), List.of()),
          "v,\"2\"", new Recording("v,\"2\"", "train", 10, List.of(), List.of()));
  private static final List<String> CLASSES = List.of("Run", "Throw, catch");

  @TempDir Path folder;

  private Map<String, List<PointLabel>> read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("points.csv"), text);
    return PointFile.read(file, KNOWN, CLASSES, "");
  }

  @Test
  void readsQuotesBlanksByteOrderMarkAndWindowsLines() throws IOException {
    assertEquals(
        Map.of(
            "v_1",
            List.of(new PointLabel("Run", 1.5), new PointLabel("Throw, catch", 2)),
            "v,\"2\"",
            List.of(new PointLabel("Run", 0))),
        read(
            "\uFEFFid,class,seconds\r\nv_1, Run ,1.5\r\n\r\nv_1,\"Throw, catch\",2\r\n"
                + "\"v,\"\"2\"\"\",Run,0\r\n"));
    assertEquals(Map.of(), read("id,class,seconds"));
  }

  @Test
  void whatIsWrittenReadsBackEqual() throws IOException {
    List<PointLabel> points =
        List.of(new PointLabel("Throw, catch", 1 / 3.0), new PointLabel("Run", 1e-9));
    List<Recording> recordings = List.of(new Recording("v,\"2\"", "train", 10, List.of(), points));
    Path file = folder.resolve("out.csv");
    PointFile.write(file, recordings);
    assertEquals(Map.of("v,\"2\"", points), PointFile.read(file, KNOWN, CLASSES, ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "KDATA-122|v_2,Run,1|line 3: unknown recording 'v_2'|did you mean 'v_1'?",
        "KDATA-122|v_1,Rum,1|line 3: unknown class 'Rum'|did you mean 'Run'?",
        "KDATA-122|v_1,Swim,1|unknown class 'Swim'|correct the line",
        "KDATA-122|,Run,1|line 3: unknown recording ''|correct the line",
        "KDATA-121|v_1,Run|line 3: expected 3 values|found 2",
        "KDATA-121|v_1,Run,1,2|line 3: expected 3 values|found 4",
        "KDATA-121|v_1,Run,|seconds must be a number|found ''",
        "KDATA-121|v_1,Run,-1|seconds must be a number|found '-1'",
        "KDATA-121|v_1,Run,NaN|seconds must be a number|found 'NaN'",
        "KDATA-121|v_1,Run,1e999|seconds must be a number|found '1e999'",
        "KDATA-121|v_1,\"Run,1|line 3: a quoted value is not closed|points.csv",
        "KDATA-121|v_1,\"Run\"x,1|line 3: a quoted value is not closed|points.csv",
        "KDATA-121|\"|line 3: a quoted value is not closed|points.csv",
      })
  void aWrongLineIsNamed(String code, String line, String said, String also) {
    Refused.with(code, () -> read("id,class,seconds\nv_1,Run,1\n" + line), said, also);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"''|found nothing", "v_1,Run,3|found 'v_1,Run,3'", "id;class;seconds|expected"})
  void theHeaderIsRequired(String text, String said) {
    Refused.with("KDATA-121", () -> read(text), "line 1: expected the header", said);
  }

  @Test
  void aNameWithALineBreakCannotBeWritten() {
    Recording odd = new Recording("a\nb", "train", 1, List.of(), List.of(new PointLabel("Run", 0)));
    assertThrows(
        IllegalArgumentException.class,
        () -> PointFile.write(folder.resolve("x.csv"), List.of(odd)));
  }

  @Test
  void pointsOfSeveralAnnotatorsAreToldApart() throws IOException {
    String text = "id,class,seconds,annotator\nv,A,1,ann\nv,A,2,bob\n";
    Path file = Files.writeString(folder.resolve("several.csv"), text);
    Map<String, Recording> known =
        Map.of("v", new Recording("v", "train", 9, List.of(), List.of()));
    assertEquals(
        Map.of("v", List.of(new PointLabel("A", 2, "bob"))),
        PointFile.read(file, known, List.of("A"), "bob"));
    Map<String, List<PointLabel>> all = PointFile.read(file, known, List.of("A"), "all");
    assertEquals(2, all.get("v").size());
    Path copy = folder.resolve("copy.csv");
    PointFile.write(copy, List.of(new Recording("v", "train", 9, List.of(), all.get("v"))));
    assertEquals(all, PointFile.read(copy, known, List.of("A"), "all"));
    Refused.with(
        "KDATA-123",
        () -> PointFile.read(file, known, List.of("A"), ""),
        "several annotators: ann, bob",
        "annotator = ");
    Refused.with(
        "KDATA-123",
        () -> PointFile.read(file, known, List.of("A"), "cid"),
        "no points of annotator 'cid'");
  }
}
