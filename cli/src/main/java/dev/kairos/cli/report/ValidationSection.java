// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli.report;

import dev.kairos.methods.report.ReportData.Point;
import dev.kairos.methods.report.ValidationHistory;

/** How a training scored on what it held out: curves, and the step whose weights were kept. */
final class ValidationSection {
  private ValidationSection() {}

  static void write(Markup page, ValidationHistory history) {
    if (history.scores().isEmpty()) {
      return;
    }
    page.raw("<section aria-labelledby=\"validation\"><h2 id=\"validation\">Validation</h2>");
    page.element("p class=\"meta\"", history.about());
    page.raw(LossChart.svg(history.scores(), history.kept().map(ValidationSection::mark)));
    history
        .kept()
        .ifPresent(
            kept ->
                page.element(
                    "p",
                    "Kept: the weights after step %s, average mAP %s %%."
                        .formatted(Markup.fixed(kept.step(), 0), Markup.fixed(kept.value(), 2))));
    for (String stage : history.endedEarly()) {
      page.element("p class=\"note\"", "Stage " + stage + " ended early: nothing better came.");
    }
    page.raw("</section>\n");
  }

  private static LossChart.Mark mark(Point kept) {
    return new LossChart.Mark(kept.step(), "kept");
  }
}
