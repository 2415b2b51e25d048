// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli.label;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelPageTest {
  private static final String ROWS = "document.querySelectorAll('#points tr').length";

  @TempDir Path scratch;

  private static void ready(LiveChromium browser, String id) throws Exception {
    browser.await("document.body.dataset.ready === '" + id + "'");
  }

  private static void rows(LiveChromium browser, int count) throws Exception {
    browser.await(ROWS + " === " + count);
  }

  @Test
  void aPersonLabelsByMouseAndKeys() throws Exception {
    try (LabelFixture fixture = LabelFixture.small(scratch.resolve("data"));
        LiveChromium browser = new LiveChromium(scratch, fixture.server.address())) {
      String first = fixture.dataset.recordings().get(0).id();
      String second = fixture.dataset.recordings().get(1).id();
      double seconds = fixture.dataset.recordings().get(0).duration();
      ready(browser, first);
      String known = fixture.dataset.recordings().get(0).labels().iterator().next();

      double width = browser.value("document.getElementById('line').clientWidth").asDouble();
      double x = 132 + 0.25 * (width - 132 - 10);
      browser.click("line", x, 60);
      rows(browser, 1);
      assertEquals(2, fixture.lines().size());
      assertEquals(known, fixture.points(first).get(0).label(), "a class that occurs is chosen");
      assertEquals(0.25 * seconds, fixture.points(first).get(0).seconds(), 0.01 * seconds);

      browser.key("3");
      browser.await(
          "document.querySelector('[aria-checked=true] span').textContent === 'Action02'");
      browser.key("ArrowRight");
      browser.key("Enter");
      rows(browser, 2);
      assertEquals("Action02", fixture.points(first).get(1).label());
      assertTrue(fixture.points(first).get(1).seconds() > fixture.points(first).get(0).seconds());

      browser.click("line", x, 60); // on the first point: selects it
      browser.await("document.querySelector('#points .selected') !== null");
      browser.key("Delete");
      rows(browser, 1);
      assertEquals(
          List.of("Action02"), fixture.points(first).stream().map(p -> p.label()).toList());
      browser.key("z");
      rows(browser, 2);
      assertEquals(3, fixture.lines().size());

      browser.key("n");
      ready(browser, second);
      rows(browser, 0);
      browser.click("line", x, 60);
      rows(browser, 1);
      assertEquals(1, fixture.points(second).size());
      assertTrue(fixture.lines().get(3).startsWith(second + ","), fixture.lines().toString());
      browser.key("p");
      ready(browser, first);
      rows(browser, 2);
      String progress = browser.value("document.getElementById('progress').textContent").asText();
      assertTrue(progress.endsWith("3 points"), progress);

      Files.writeString( // a colleague's script
          fixture.folder.resolve("points.csv"),
          first + ",Action00,1.5\n",
          StandardOpenOption.APPEND);
      rows(browser, 3);
      browser.await("!document.getElementById('notice').hidden");
      assertEquals(List.of(), browser.complaints());
      assertEquals(List.of(), fixture.bugs);

      fixture.server.close();
      browser.click("line", x + 60, 60);
      browser.await("document.getElementById('notice').classList.contains('bad')");
      assertEquals(5, fixture.lines().size());
    }
  }
}
