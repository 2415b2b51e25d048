// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.layouts;

import dev.kairos.methods.data.Recording;
import dev.kairos.methods.data.SnippetTiming;
import dev.kairos.methods.data.SnippetTiming.Unit;
import dev.kairos.tensor.io.DataFormatException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of found features lie in time: what is said, or what the layout usually means, or
 * what durations and numbers of rows tell.
 */
final class TimeGuess {
  private static final String SAY = "say otherwise with --fps, --stride, --window, --offset";
  private static final String ASK =
      "give --fps and --stride in frames, or --snippet-seconds, or --stretched where the rows of a"
          + " recording divide its duration";
  private static final double SAME = 0.05; // of ratios that are one ratio
  private static final double AGREE = 0.8; // of the recordings

  private final LayoutFacts facts;
  private final ImportOptions.Time said;
  private final List<String> notes;
  private boolean isOwnRate;

  TimeGuess(LayoutFacts facts, ImportOptions.Time said, List<String> notes) {
    this.facts = facts;
    this.said = said;
    this.notes = notes;
  }

  /**
   * Tells.
   *
   * @param from the folder, for messages
   * @param rows of each recording, by id
   * @throws DataFormatException KDATA-173 if it cannot be told
   */
  SnippetTiming of(Path from, List<Recording> recordings, Map<String, Integer> rows) {
    if (said.stretched()) {
      return SnippetTiming.stretched();
    }
    Double seconds = said.seconds();
    if (seconds != null) {
      return new SnippetTiming(Unit.SECONDS, 1, seconds, window(seconds), offset());
    }
    if (said.fps() == null && said.stride() == null && isStretched(recordings, rows)) {
      notes.add(
          "snippets: all recordings have %d rows whatever they last, so rows divide the duration (%s)"
              .formatted(rows.values().iterator().next(), SAY));
      return SnippetTiming.stretched();
    }
    double fps = fps(recordings);
    isOwnRate = Double.isNaN(fps);
    double stride = stride(from, recordings, rows, fps);
    double window =
        said.window() == null && facts.window() > stride ? facts.window() : window(stride);
    SnippetTiming timing = new SnippetTiming(Unit.FRAMES, fps, stride, window, offset());
    notes.add(
        String.format(
            Locale.ROOT,
            "snippets: windows of %s frames every %s at %s (%s)",
            number(window),
            number(stride),
            isOwnRate ? "the frames per second of each recording" : number(fps) + " a second",
            SAY));
    return timing;
  }

  /** The recordings with rates of their own only where these count. */
  List<Recording> withFps(List<Recording> recordings) {
    return isOwnRate
        ? recordings
        : recordings.stream().map(recording -> recording.withFps(Double.NaN)).toList();
  }

  private double window(double stride) {
    Double window = said.window();
    return window == null ? stride : window;
  }

  private double offset() {
    Double offset = said.offset();
    return offset == null ? 0 : offset;
  }

  /** Frames per second of all, or NaN for those of each recording. */
  private double fps(List<Recording> recordings) {
    Double fps = said.fps();
    if (fps != null) {
      return fps;
    }
    if (facts.fps() > 0) {
      return facts.fps();
    }
    boolean isThumos =
        recordings.stream().allMatch(r -> r.id().matches("video_(test|validation)_\\d+"));
    return isThumos && facts.stride() > 0 ? LayoutFacts.THUMOS_FPS : Double.NaN;
  }

  private double stride(
      Path from, List<Recording> recordings, Map<String, Integer> rows, double fps) {
    Double given = said.stride();
    requireRates(from, recordings, fps);
    if (given != null) {
      return given;
    }
    if (facts.stride() > 0) {
      return facts.stride();
    }
    double guessed = guess(recordings, rows, fps);
    if (Double.isNaN(guessed)) {
      throw DataFormatException.of(
          "KDATA-173",
          from,
          "durations and numbers of rows do not tell how far apart rows lie",
          ASK);
    }
    return guessed;
  }

  private static void requireRates(Path from, List<Recording> recordings, double fps) {
    if (!Double.isNaN(fps)) {
      return;
    }
    recordings.stream()
        .filter(recording -> !recording.hasFps())
        .findFirst()
        .ifPresent(
            recording -> {
              throw DataFormatException.of(
                  "KDATA-173",
                  from,
                  "nothing says how many frames a second recording '" + recording.id() + "' has",
                  ASK);
            });
  }

  /** The whole number of frames that most recordings agree on, or NaN. */
  private static double guess(List<Recording> recordings, Map<String, Integer> rows, double fps) {
    double[] ratios =
        recordings.stream()
            .filter(recording -> recording.hasDuration() && rows.containsKey(recording.id()))
            .mapToDouble(
                recording ->
                    recording.duration()
                        * (Double.isNaN(fps) ? recording.fps() : fps)
                        / rows.getOrDefault(recording.id(), 1))
            .sorted()
            .toArray();
    if (ratios.length == 0) {
      return Double.NaN;
    }
    double whole = Math.max(1, Math.rint(ratios[ratios.length / 2]));
    long agree =
        Arrays.stream(ratios).filter(ratio -> Math.abs(ratio - whole) <= 2 * SAME * whole).count();
    return agree >= AGREE * ratios.length ? whole : Double.NaN;
  }

  private static boolean isStretched(List<Recording> recordings, Map<String, Integer> rows) {
    double[] durations =
        recordings.stream()
            .filter(recording -> rows.containsKey(recording.id()))
            .mapToDouble(Recording::duration)
            .sorted()
            .toArray();
    return durations.length > 2
        && !Double.isNaN(durations[durations.length - 1])
        && rows.values().stream().distinct().count() == 1
        && durations[0] < (1 - SAME) * durations[durations.length - 1];
  }

  private static String number(@Nullable Double value) {
    double shown = value == null ? Double.NaN : value;
    return shown == Math.rint(shown) ? Long.toString((long) shown) : Double.toString(shown);
  }
}
