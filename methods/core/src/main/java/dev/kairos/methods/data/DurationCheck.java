// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.methods.files.Plural;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.tal.SnippetGrid;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Holds how long recordings last against the time their snippets cover. Where they differ, the
 * ratios tell why: one ratio for all is a wrong fps or stride, one number of snippets for all is
 * features stretched to a fixed length, anything else is a frame rate for each recording.
 */
final class DurationCheck {
  private static final double TOLERANCE = 0.1;
  private static final int TOLERANCE_SNIPPETS = 4;
  private static final double SAME = 0.05; // of ratios that are one ratio

  private final Path annotations;
  private final SnippetTiming timing;
  private final List<Finding> different = new ArrayList<>();
  private int known;
  private double lastStep; // seconds from one snippet to the next, of the last recording
  private double leastRatio = Double.POSITIVE_INFINITY;
  private double mostRatio;
  private int leastLength = Integer.MAX_VALUE;
  private int mostLength;

  DurationCheck(Path annotations, SnippetTiming timing) {
    this.annotations = annotations;
    this.timing = timing;
  }

  void add(Recording recording, SnippetGrid grid) {
    if (!recording.hasDuration() || timing.unit() == SnippetTiming.Unit.STRETCHED) {
      return;
    }
    int length = grid.length();
    double step = grid.secondsPerSnippet();
    double seconds = (2 * Math.max(0, grid.shift()) / grid.fps()) + length * step;
    double ratio = recording.duration() / seconds;
    known++;
    lastStep = step;
    leastRatio = Math.min(leastRatio, ratio);
    mostRatio = Math.max(mostRatio, ratio);
    leastLength = Math.min(leastLength, length);
    mostLength = Math.max(mostLength, length);
    double difference = Math.abs(seconds - recording.duration());
    if (difference > TOLERANCE * recording.duration() && difference > TOLERANCE_SNIPPETS * step) {
      different.add(
          Finding.warning(
              "KDATA-136",
              annotations,
              "recording '" + Shown.of(recording.id()) + "': ",
              String.format(
                  Locale.ROOT,
                  "lasts %.2f s, but its %s cover %.2f s",
                  recording.duration(),
                  Plural.of(length, "snippet"),
                  seconds),
              ""));
    }
  }

  /** Tells what was found, with the one cause that fits all recordings. */
  void report(Findings findings) {
    String fix = fix();
    for (Finding finding : different) {
      findings.add(
          "duration",
          Finding.warning(finding.code(), finding.file(), finding.place(), finding.problem(), fix));
    }
  }

  private String fix() {
    boolean oneRatio = mostRatio <= (1 + SAME) * leastRatio;
    if (known < 2 || oneRatio) {
      return String.format(
          Locale.ROOT,
          "correct fps and stride in %s: a snippet seems to last %.4g s",
          DatasetDescription.FILE_NAME,
          lastStep * (leastRatio + mostRatio) / 2);
    }
    if (leastLength == mostLength) {
      return "all recordings have %s: the features look stretched to a fixed number; if so, set snippets = \"stretched\" in %s instead of fps and stride"
          .formatted(Plural.of(leastLength, "snippet"), DatasetDescription.FILE_NAME);
    }
    return String.format(
        Locale.ROOT,
        "by factors from %.3g to %.3g: recordings seem to have frame rates of their own; give each"
            + " its \"fps\" in %s",
        leastRatio,
        mostRatio,
        AnnotationFile.FILE_NAME);
  }
}
