// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.report.LabelHistory;
import dev.kairos.methods.report.PseudoActionHistory;
import dev.kairos.methods.report.PseudoActionHistory.Errors;
import dev.kairos.methods.report.PseudoActionHistory.Found;
import dev.kairos.methods.report.PseudoActionHistory.Look;
import dev.kairos.methods.report.PseudoActionHistory.MarkedMoment;
import dev.kairos.methods.report.PseudoActionHistory.MarkedRecording;
import dev.kairos.methods.report.PseudoActionHistory.Precision;
import dev.kairos.methods.report.PseudoActionHistory.Quality;
import dev.kairos.methods.report.ReportData;
import dev.kairos.methods.report.ReportData.Activation;
import dev.kairos.methods.report.ReportData.Curve;
import dev.kairos.methods.report.ReportData.Point;
import dev.kairos.methods.report.ReportData.Scores;
import dev.kairos.methods.report.ReportData.Timeline;
import dev.kairos.methods.report.StageHistory;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Segment;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {
  private static final String HOSTILE =
      "</script><script>document.title='owned'</script><img src=x onerror=\"x()\">'\u2028&";

  @TempDir Path folder;

  @Test
  void theBrowserDrawsATimelineForEachOfManyRecordings() throws Exception {
    Chromium browser = Chromium.require(folder);
    int count = 150;
    Chromium.Page page = browser.open(write(ReportSamples.of(count)));
    assertEquals(List.of(), page.complaints());
    assertEquals(
        count, matches(page.dom(), "<svg role=\"img\" viewBox=\"0 0 [0-9.]+ [0-9.]+\" ari"));
    assertTrue(page.dom().contains(count + " of " + count + " recordings"), "the counter");
    assertTrue(matches(page.dom(), "<rect class=\"truth\"") > count, "bars of annotated actions");
    assertTrue(matches(page.dom(), "<rect class=\"det\"") > count, "bars of detections");
    assertTrue(matches(page.dom(), "<path class=\"cas\"") >= count, "curves");
    assertFalse(page.dom().contains("NaN"), "a coordinate is not a number");
  }

  @Test
  void picturesAreNotBlankAndTheDarkOneIsDark() throws Exception {
    Chromium browser = Chromium.require(folder);
    Path page = write(ReportSamples.of(6));
    BufferedImage light = picture(browser, page, "light.png", false);
    BufferedImage dark = picture(browser, page, "dark.png", true);
    assertTrue(colours(light) > 100, "light: " + colours(light) + " colours");
    assertTrue(colours(dark) > 100, "dark: " + colours(dark) + " colours");
    assertTrue((light.getRGB(2, 2) & 0xff) > 200, "light background");
    assertTrue((dark.getRGB(2, 2) & 0xff) < 60, "dark background");
  }

  private BufferedImage picture(Chromium browser, Path page, String name, boolean dark)
      throws Exception {
    Path png = browser.picture(page, folder.resolve(name), 1280, 1600, dark);
    return ImageIO.read(png.toFile());
  }

  private static int colours(BufferedImage image) {
    Set<Integer> colours = new HashSet<>();
    for (int y = 0; y < image.getHeight(); y += 2) {
      for (int x = 0; x < image.getWidth(); x += 2) {
        colours.add(image.getRGB(x, y));
      }
    }
    return colours.size();
  }

  private static StageHistory hostileStages() {
    List<Activation> cas = List.of(new Activation(HOSTILE, 1, List.of(0f, Float.NaN, 0f)));
    return new StageHistory(
        List.of(0.5),
        List.of(new StageHistory.Row(HOSTILE, Double.NaN, 0.5, 0.25, List.of(0.1))),
        List.of(
            new StageHistory.Track(
                HOSTILE,
                3,
                List.of(HOSTILE),
                List.of(new ActionInstance(HOSTILE, new Segment(1, 2))),
                List.of(new StageHistory.Strip(HOSTILE, List.of(0, 1, -1), cas)))));
  }

  @Test
  void stagesAreATableAndStrips() {
    List<Integer> labels = List.of(-1, 0, 0, 1, 1, 1, -1, 0);
    StageHistory history =
        new StageHistory(
            List.of(0.5),
            List.of(
                new StageHistory.Row("first", 0.75, 0.5, 0.375, List.of(0.125)),
                new StageHistory.Row("second", Double.NaN, Double.NaN, Double.NaN, List.of())),
            List.of(
                new StageHistory.Track(
                    "video",
                    8,
                    List.of("Jump"),
                    List.of(new ActionInstance("Jump", new Segment(2, 4))),
                    List.of(new StageHistory.Strip("first", labels, List.of())))));
    String html =
        ReportPage.html(
            new ReportData("Run", Map.of(), "", List.of(), null, List.of(), List.of())
                .withStages(history));
    assertTrue(html.contains("<th scope=\"row\">first</th><td style=\"--v:0.750\">75.0"), html);
    assertTrue(html.contains("<th scope=\"row\">second</th><td>–"), html);
    assertEquals(
        3, matches(html, "<rect class=\"strip k0"), "the action and two runs of its label");
    assertEquals(1, matches(html, "<rect class=\"strip k5"), "one run of background");
  }

  @Test
  void renewedLabelsAreATableAndTheirWay() {
    Activation curve = new Activation("Jump", 0.5, List.of(0f, 0.25f, -1f));
    LabelHistory history =
        new LabelHistory(
            List.of(new LabelHistory.Generation(2, 40, 0.5, 0.25, 0.75, 0.5, 0.125, 7, 1, 0.1)),
            List.of(
                new LabelHistory.LabelledRecording(
                    "video",
                    1.5,
                    List.of(
                        new LabelHistory.Lane(
                            "Jump & <b>",
                            List.of(new Segment(0.5, 1)),
                            curve,
                            List.of(new Segment(0, 1), new Segment(0.5, 1.5)),
                            List.of(new Segment(0.25, 1.25)),
                            curve,
                            curve)))));
    String html =
        ReportPage.html(
            new ReportData("Run", Map.of(), "", List.of(), null, List.of(), List.of())
                .withLabels(history));
    assertTrue(html.contains("<td>40</td><td>0.5000</td><td>0.2500</td>"), html);
    assertTrue(html.contains("video, Jump &amp; &lt;b&gt;"), html);
    assertEquals(1, matches(html, "<rect class=\"strip k2"), "annotated");
    assertEquals(3, matches(html, "<rect class=\"strip k0"), "two candidates, one fused");
    assertEquals(2, matches(html, "<path class=\"curve k3"), "the label and its change");
  }

  private static PseudoActionHistory pseudoActions(String id, String one, String other) {
    Found found =
        new Found(
            List.of(new Segment(0.5, 2), new Segment(4, 6)),
            List.of(3.0),
            List.of(new Segment(0, 0.5), new Segment(2, 4), new Segment(6, 8)));
    Quality quality =
        new Quality(
            new Precision(List.of(0.1, 0.2), List.of(0.75, 0.25)),
            new Precision(List.of(0.5, 0.55, 0.75, 0.95), List.of(0.2, 0.15, 0.05, 0.0)),
            2,
            3,
            new Errors(0.5, 1.25),
            new Errors(Double.NaN, Double.NaN));
    return new PseudoActionHistory(
        "clicks of " + id,
        List.of(
            new MarkedRecording(
                id,
                8,
                List.of(
                    new MarkedMoment(1, List.of(one)), new MarkedMoment(5, List.of(one, other))),
                List.of(new ActionInstance(one, new Segment(1, 2))))),
        List.of(new Look(0, 0, List.of(found), quality), new Look(7, 70, List.of(found), null)));
  }

  @Test
  void pseudoActionsAreATableAndLanes() {
    String html =
        ReportPage.html(
            new ReportData("Run", Map.of(), "", List.of(), null, List.of(), List.of())
                .withPseudoActions(pseudoActions("video", "Dive", "Jump")));
    assertTrue(
        html.contains(
            "<th scope=\"col\">@0.1</th><th scope=\"col\">@0.2</th><th scope=\"col\">mean</th>"
                + "<th scope=\"col\">@0.5</th><th scope=\"col\">@0.75</th>"
                + "<th scope=\"col\">@0.95</th><th scope=\"col\">mean</th>"),
        html);
    assertTrue(
        html.contains("<td>+0.50</td><td>1.25</td><td>–</td><td>–</td><td>3</td></tr>"), html);
    assertTrue(html.contains(">50.0</td>") && html.contains(">10.0</td>"), "both means");
    assertTrue(html.contains("Source of the points: clicks of video.</p>"), html);
    assertEquals(1, matches(html, "<th scope=\"row\">"), "what was not measured has no row");
    assertEquals(2, matches(html, ">epoch [07]</text>"));
    assertEquals(6, matches(html, "<rect class=\"strip k5"), "background");
    assertEquals(5, matches(html, "<rect class=\"strip k0"), "the annotated one, four found");
    assertEquals(2, matches(html, "<rect class=\"strip k1"), "a part of those of two classes");
    assertEquals(3, matches(html, "<path class=\"curve k[01]\" d=\"M"), "points by class");
    assertEquals(2, matches(html, "<path class=\"division\" d=\"M435.0 "), "at 3 s of 8");
  }

  @Test
  void hostileNamesStayText() throws Exception {
    ReportData data =
        new ReportData(
            HOSTILE,
            Map.of(HOSTILE, HOSTILE),
            HOSTILE,
            List.of(HOSTILE),
            new Scores("", List.of(0.5), List.of(0.1), 0.1, Map.of(HOSTILE, List.of(0.1))),
            List.of(new Curve(HOSTILE, List.of(new Point(1, 2), new Point(2, 1)))),
            List.of(
                new Timeline(
                    HOSTILE,
                    10,
                    List.of(new ActionInstance(HOSTILE, new Segment(1, 2))),
                    List.of(new Detection(HOSTILE, new Segment(1, 2), 0.5)),
                    List.of(new Activation(HOSTILE, 1, List.of(0f, 1f, 0f))))));
    String html =
        ReportPage.html(
            data.withStages(hostileStages())
                .withPseudoActions(pseudoActions(HOSTILE, HOSTILE, HOSTILE + "2")));
    assertEquals(2, matches(html, "<script"), "the data and the page's own script");
    assertEquals(2, matches(html, "</script"));
    assertEquals(0, matches(html, "<img"));

    Chromium.Page page = Chromium.require(folder).open(write(data));
    assertEquals(List.of(), page.complaints());
    assertFalse(page.dom().contains("<title>owned"), "a script from a name ran");
    assertEquals(0, matches(page.dom(), "<img"));
    assertEquals(2, matches(page.dom(), "<script"));
  }

  @Test
  void nothingIsAskedFromOutside() {
    String html = ReportPage.html(ReportSamples.of(3)).replace("http://www.w3.org/2000/svg", "");
    assertEquals(0, matches(html, "https?://|@import|url\\(|<link rel=\"style|<iframe| src="));
    assertTrue(html.contains("default-src 'none'"));
  }

  @Test
  void provenanceComesBeforeTheNumbers() {
    String html = ReportPage.html(ReportSamples.of(1));
    int origin = html.indexOf("0123456789abcdef");
    int scores = html.indexOf("Mean average precision");
    int recordings = html.indexOf(">Recordings<");
    assertTrue(0 < origin && origin < scores && scores < recordings);
  }

  @Test
  void emptyAndOddReportsAreStillPages() throws Exception {
    Chromium browser = Chromium.require(folder);
    ReportData nothing =
        new ReportData("Empty", Map.of(), "", List.of(), null, List.of(), List.of());
    assertEquals(List.of(), browser.open(write(nothing)).complaints());
    Timeline odd =
        new Timeline(
            "odd",
            0,
            List.of(),
            List.of(
                new Detection("a", new Segment(0, 0), 0),
                new Detection("b", new Segment(5, 9), -3),
                new Detection("b", new Segment(5, 9), Double.NaN)),
            List.of(new Activation("c", 1, List.of()), new Activation("d", 1, List.of(Float.NaN))));
    ReportData strange =
        new ReportData(
            "Strange",
            Map.of(),
            "",
            List.of(),
            null,
            List.of(
                new Curve("gap", List.of(new Point(1, Double.NaN), new Point(2, 5))),
                new Curve("none", List.of())),
            List.of(odd));
    Chromium.Page page = browser.open(write(strange));
    assertEquals(List.of(), page.complaints());
    assertFalse(page.dom().contains("NaN"));
    assertEquals(1, matches(page.dom(), "<svg role=\"img\" viewBox=\"0 0 [0-9.]+ [0-9.]+\" aria"));
  }

  @Test
  void manyDetectionsAreCutToTheStrongestAndThePageSaysSo() throws Exception {
    List<Detection> detections =
        java.util.stream.IntStream.range(0, 5000)
            .mapToObj(i -> new Detection("c" + i % 30, new Segment(i, i + 1), i))
            .toList();
    ReportData data =
        new ReportData(
            "Many",
            Map.of(),
            "",
            List.of(),
            null,
            List.of(),
            List.of(new Timeline("long", 5001, List.of(), detections, List.of())));
    assertTrue(ReportPage.html(data).length() < 60_000);
    Chromium.Page page = Chromium.require(folder).open(write(data));
    assertTrue(page.dom().contains("of 5000 detections, the strongest"), "the note");
  }

  @Test
  void scoresNeedAValueForEachThreshold() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Scores("", List.of(0.5, 0.6), List.of(0.1), 0.1, Map.of()));
  }

  @Test
  void ticksAreRoundAndEncloseTheRange() {
    assertEquals(List.of(0.0, 2.0, 4.0, 6.0, 8.0, 10.0), ticks(0, 10));
    assertEquals(
        List.of(-0.2, -0.1, 0.0, 0.1, 0.2),
        ticks(-0.2, 0.15).stream().map(t -> Math.round(t * 10) / 10.0).toList());
  }

  private static List<Double> ticks(double low, double high) {
    return java.util.Arrays.stream(LossChart.ticks(low, high, 5)).boxed().toList();
  }

  private Path write(ReportData data) throws IOException {
    return Files.writeString(
        Files.createTempFile(folder, "report", ".html"), ReportPage.html(data));
  }

  private static int matches(String text, String pattern) {
    List<MatchResult> found = Pattern.compile(pattern).matcher(text).results().toList();
    return found.size();
  }
}
