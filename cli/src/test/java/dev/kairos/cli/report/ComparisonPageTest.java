// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.report.ComparisonData;
import dev.kairos.methods.report.ComparisonData.Run;
import dev.kairos.methods.report.ComparisonData.SeedGroup;
import dev.kairos.methods.report.ReportData.Curve;
import dev.kairos.methods.report.ReportData.Point;
import dev.kairos.methods.report.ReportData.Scores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonPageTest {
  private static final String HOSTILE = "</table><script>x()</script><img src=x onerror=\"x()\">'&";

  @TempDir Path folder;

  private static Run run(String name, double score, Map<String, String> settings) {
    Map<String, List<Double>> perClass = new LinkedHashMap<>();
    perClass.put("LongJump", List.of(score + 0.1, score - 0.1));
    perClass.put("Diving", List.of(score - 0.05, score - 0.15));
    List<Point> loss =
        IntStream.range(1, 200)
            .mapToObj(step -> new Point(step, (1 - score) * (0.2 + Math.exp(-step / 50.0))))
            .toList();
    Map<String, String> origin = new LinkedHashMap<>();
    origin.put("Kairos", "0.1.0");
    origin.put("commit", "0123456789ab");
    origin.put("seed", settings.getOrDefault("seed", "0"));
    origin.put("backend", "cpu-simd, 16 lanes, 2 threads");
    origin.put("Java", "17.0.15, Debian");
    origin.put("started", "2026-01-02T03:04:05Z");
    return new Run(
        name,
        "basnet, seed " + settings.getOrDefault("seed", "0"),
        "",
        new Scores("", List.of(0.3, 0.5), List.of(score, score - 0.1), score - 0.05, perClass),
        List.of(new Curve("loss", loss)),
        origin,
        settings);
  }

  private static Run unfinished(String name) {
    return new Run(
        name,
        "basnet, seed 9",
        "training is not finished: 3 steps done",
        null,
        List.of(),
        Map.of(),
        Map.of("seed", "9"));
  }

  private static ComparisonData sample() {
    List<Run> runs = new ArrayList<>();
    for (int seed = 0; seed < 5; seed++) {
      runs.add(
          run("five/seed-" + seed, 0.5 + 0.02 * seed, Map.of("seed", "" + seed, "rate", "1.0E-4")));
    }
    runs.add(run("bold", 0.61, Map.of("seed", "0", "rate", "0.001", "extra", "true")));
    runs.add(run("wide", 0.44, Map.of("seed", "0", "rate", "1.0E-4", "hidden", "[8, 16]")));
    runs.add(unfinished("late"));
    return new ComparisonData(
        runs.size() + " runs compared",
        List.of("A note."),
        runs,
        List.of(
            new SeedGroup(
                "five, seeds 0, 1, 2, 3, 4",
                List.of(0.3, 0.5),
                List.of(0.54, 0.44, 0.49),
                List.of(0.03, 0.03, 0.03))));
  }

  private Path write(ComparisonData data) throws Exception {
    return Files.writeString(
        Files.createTempFile(folder, "comparison", ".html"), ComparisonPage.html(data));
  }

  private static long matches(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().count();
  }

  private static String between(String text, String from, String to) {
    int start = text.indexOf(from);
    assertTrue(start >= 0, "has " + from);
    return text.substring(start, text.indexOf(to, start));
  }

  @Test
  void theBrowserShowsARowForEachRun() throws Exception {
    Chromium.Page page = Chromium.require(folder).open(write(sample()));
    assertEquals(List.of(), page.complaints());
    String rows = between(page.dom(), "<tbody id=\"runs\">", "</tbody>");
    assertEquals(8, matches(rows, "<tr>"));
    assertEquals(3, matches(rows, "class=\"[a-z ]*best\""), "one in each column");
    assertTrue(between(rows, "bold<", "</tr>").contains("best"), "it is the highest");
    assertTrue(rows.contains("colspan=\"3\">training is not finished: 3 steps done<"), rows);
    String seeds = between(page.dom(), "<tbody id=\"seeds\">", "</tbody>");
    assertEquals(2, matches(seeds, "<tr>"));
    assertTrue(seeds.contains(">49.0<") && seeds.contains(">3.0<"), seeds);
    assertEquals(7, matches(page.dom(), "<path class=\"curve "));
    assertEquals(1, matches(page.dom(), "<path class=\"curve k0 d1\""), "the seventh is dashed");
    String classes = between(page.dom(), "<table class=\"classes\">", "</table>");
    assertEquals(3, matches(classes, "<tr>"));
    assertEquals(2, matches(classes, "class=\"best\""));
    assertFalse(page.dom().contains("NaN"));
  }

  @Test
  void settingsThatDifferAreListedAndOthersAreNot() throws Exception {
    ComparisonData data =
        new ComparisonData(
            "two",
            List.of(),
            List.of(
                run("a", 0.5, Map.of("seed", "0", "rate", "0.1", "same", "7")),
                run("b", 0.5, Map.of("seed", "0", "rate", "0.2", "same", "7", "new", "true"))),
            List.of());
    assertEquals(
        Map.of("rate", List.of("0.1", "0.2"), "new", List.of("", "true")), data.differences());
    String table = between(ComparisonPage.html(data), "id=\"settings\"", "</table>");
    assertEquals(3, matches(table, "<tr>"));
    assertFalse(table.contains("same"));
    ComparisonData alike =
        new ComparisonData("one", List.of(), data.runs().subList(0, 1), List.of());
    assertTrue(ComparisonPage.html(alike).contains("every setting is the same"));
  }

  @Test
  void runsAtOtherThresholdsShareTheColumnsAndNoAverageWins() {
    Run other =
        new Run(
            "c",
            "m",
            "",
            new Scores("", List.of(0.5, 0.75), List.of(0.9, 0.1), 0.5, Map.of()),
            List.of(),
            Map.of(),
            Map.of());
    ComparisonData data =
        new ComparisonData("two", List.of(), List.of(run("a", 0.5, Map.of()), other), List.of());
    assertEquals(List.of(0.3, 0.5, 0.75), data.tious());
    assertFalse(data.sameThresholds());
    String rows = between(ComparisonPage.html(data), "<tbody id=\"runs\">", "</tbody>");
    assertEquals(1, matches(rows, "best"), "only at 0.5 there are two");
    assertEquals(2, matches(rows, "<td>–</td>"));
  }

  @Test
  void noTextFromOutsideBecomesMarkupAndNothingIsFetched() throws Exception {
    Run bad =
        new Run(
            HOSTILE,
            HOSTILE,
            HOSTILE,
            null,
            List.of(new Curve("l", List.of(new Point(1, 1)))),
            Map.of(HOSTILE, HOSTILE),
            Map.of(HOSTILE, HOSTILE));
    ComparisonData data =
        new ComparisonData(
            HOSTILE, List.of(HOSTILE), List.of(bad, run("a", 0.5, Map.of())), List.of());
    String html = ComparisonPage.html(data).replace("http://www.w3.org/2000/svg", "");
    assertEquals(0, matches(html, "<script|<img|https?://|@import|url\\(|<iframe| src=\""));
    assertTrue(html.contains("default-src 'none'"));
    Chromium.Page page = Chromium.require(folder).open(write(data));
    assertEquals(List.of(), page.complaints());
    assertEquals(2, matches(between(page.dom(), "<tbody id=\"runs\">", "</tbody>"), "<tr>"));
  }

  @Test
  void aGroupNeedsAValueForEachThreshold() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new SeedGroup("g", List.of(0.5), List.of(0.1), List.of(0.1)));
  }

  @Test
  void picturesAreLightAndDark() throws Exception {
    Chromium browser = Chromium.require(folder);
    Path page = write(sample());
    for (boolean dark : new boolean[] {false, true}) {
      Path png = browser.picture(page, folder.resolve(dark + ".png"), 1280, 1500, dark);
      int corner = javax.imageio.ImageIO.read(png.toFile()).getRGB(2, 2) & 0xff;
      assertTrue(dark ? corner < 60 : corner > 200, "corner " + corner);
    }
  }
}
