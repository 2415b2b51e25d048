// SPDX-License-Identifier: Apache-2.0
package dev.kairos;

import java.io.IOException;
import java.util.List;

/**
 * The recordings a {@link Trainer} learns from: what is known of each, and its features when they
 * are asked for, from memory, a database or wherever the program has them. {@link MemoryRecordings}
 * holds all in memory.
 *
 * @since 0.1.0
 */
public interface Recordings {
  /**
   * What the data are called. A method whose presets include one of this name takes that: {@code
   * thumos14}, for example.
   */
  default String name() {
    return "recordings";
  }

  /** The sources of the features, in the order in which {@link #features} gives them. */
  List<FeatureStream> streams();

  /** The names of the classes, in the order that scores have. */
  List<String> classes();

  /** Seconds from one snippet to the next. */
  double secondsPerSnippet();

  /** Seconds that one snippet was computed from: longer than a step where they overlap. */
  default double secondsOfWindow() {
    return secondsPerSnippet();
  }

  /** All recordings, always in the same order. */
  List<Recording> recordings();

  /**
   * The number of snippets T of a recording. Asked of every recording before the first step, so one
   * that knows it without making the features should say so; this makes them.
   */
  default int snippets(Recording recording) throws IOException {
    float[][][] streams = features(recording);
    if (streams.length == 0) {
      throw new IllegalArgumentException("recording '" + recording.id() + "': no stream of it");
    }
    return streams[0].length;
  }

  /**
   * The features of a recording: for each stream a row per snippet, {@code [T, D]}, all values
   * finite. Asked by several threads at once, and again for the same recording where the memory
   * does not hold all.
   */
  float[][][] features(Recording recording) throws IOException;
}
