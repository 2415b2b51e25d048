// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.points;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kairos.methods.data.PointLabel;
import dev.kairos.methods.data.Refused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PointTableTest {
  private static final String TABLE =
      """
      class,start_frame,stop_frame,video_id,point
      take,18.0,77.0,a,48

      "open, slowly",x,,b,30.5
      take,109.0,137.0,a,0
      """;

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("points.csv"), text);
  }

  private static byte[] packed(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void framesBecomeSecondsAndTheGroundTruthIsNotLookedAt() throws IOException {
    Map<String, List<PointLabel>> points = PointTable.frames(file(TABLE), FrameRates.constant(15));
    assertEquals(List.of("a", "b"), List.copyOf(points.keySet()));
    assertEquals(List.of(new PointLabel("take", 3.2), new PointLabel("take", 0)), points.get("a"));
    assertEquals(List.of(new PointLabel("open, slowly", 30.5 / 15)), points.get("b"));
  }

  @Test
  void everyRecordingHasItsOwnRate() throws IOException {
    Path rates = Files.writeString(folder.resolve("fps.json"), "{\"a\": 30, \"b\": 29.97}");
    Map<String, List<PointLabel>> points = PointTable.frames(file(TABLE), FrameRates.read(rates));
    assertEquals(new PointLabel("take", 1.6), points.get("a").get(0));
    assertEquals(30.5 / 29.97, points.get("b").get(0).seconds());
    Files.writeString(rates, "{\"a\": 30}");
    FrameRates fewer = FrameRates.read(rates);
    Refused.with(
        "KDATA-162",
        () -> PointTable.frames(file(TABLE), fewer),
        "points.csv: line 4: no frame rate for recording 'b'",
        "fps.json");
  }

  @Test
  void gzipIsReadAndDamageIsNamed() throws IOException {
    Path file = folder.resolve("points.csv.gz");
    byte[] packed = packed(TABLE);
    Files.write(file, packed);
    FrameRates rates = FrameRates.constant(15);
    assertEquals(PointTable.frames(file(TABLE), rates), PointTable.frames(file, rates));
    for (int length : new int[] {5, packed.length / 2, packed.length - 1}) {
      Files.write(file, Arrays.copyOf(packed, length));
      Refused.with("KDATA-101", () -> PointTable.frames(file, rates), "damaged gzip");
    }
    packed[packed.length - 6] ^= 1; // of the checksum
    Files.write(file, packed);
    Refused.with("KDATA-101", () -> PointTable.frames(file, rates), "damaged gzip");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        ",point|,frame|line 1: expected one column 'point', found class, start_frame",
        "start_frame|point|line 1: expected one column 'point'",
        "a,48|a,-48|line 2: the point must be a frame",
        "a,48|a,NaN|line 2: the point must be a frame",
        "a,48|a,0x1p3|line 2: the point must be a frame",
        "a,48|a,|line 2: the point must be a frame",
        "a,48|a,48,1|line 2: expected 5 values as in the header, found 6",
        "a,48|a|line 2: expected 5 values as in the header, found 4",
        "a,48| ,48|line 2: the recording is missing",
        "take,18|,18|line 2: the class is missing",
        "\"open, slowly\"|\"open, slowly|line 4: a quoted value is not closed",
      })
  void badTablesAreRefusedWithTheirLine(String what, String with, String said) throws IOException {
    String text = TABLE.replace(what, with);
    Refused.with("KDATA-161", () -> PointTable.frames(file(text), FrameRates.constant(15)), said);
  }

  @Test
  void anEmptyTableHasNoHeader() throws IOException {
    Refused.with(
        "KDATA-161", () -> PointTable.frames(file(""), FrameRates.constant(15)), "found nothing");
  }

  @Test
  void pointsOfPeopleStandBetweenBlankLines() throws IOException {
    String text = "a,1.5,take\r\n\r\nb,0.25, open \r\n\r\n\r\na,3, take\r\n";
    assertEquals(
        Map.of(
            "a", List.of(new PointLabel("take", 1.5), new PointLabel("take", 3)),
            "b", List.of(new PointLabel("open", 0.25))),
        PointTable.seconds(file(text)));
    assertEquals(Map.of(), PointTable.seconds(file("")));
    Refused.with(
        "KDATA-161",
        () -> PointTable.seconds(file("a,1.5,take\n\nb,open\n")),
        "line 3: expected video,seconds,class, found 'b,open'");
    Refused.with(
        "KDATA-161",
        () -> PointTable.seconds(file("a,take,1.5\n")),
        "line 1: the point must be a moment in seconds",
        "'take'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|expected an object {id: fps}",
        "``|expected an object {id: fps}",
        "{\"a\": 0}|recording 'a': expected frames per second, found 0",
        "{\"a\": \"30\"}|recording 'a': expected frames per second",
        "{\"a\": 1e999}|recording 'a'",
        "{\"a\": 30, \"a\": 25}|not valid JSON",
        "{\"a\": 30|not valid JSON",
      })
  void badFrameRatesAreRefused(String text, String said) throws IOException {
    Path file = Files.writeString(folder.resolve("fps.json"), text);
    Refused.with("KDATA-162", () -> FrameRates.read(file), "fps.json", said);
  }
}
