// SPDX-License-Identifier: Apache-2.0
package dev.kairos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Recordings with their features in memory. Streams and classes follow from what is added, where
 * they are not named; classes then stand in the order of the alphabet.
 *
 * @since 0.1.0
 */
public final class MemoryRecordings implements Recordings {
  private final String name;
  private final double secondsPerSnippet;
  private final List<String> named = new ArrayList<>();
  private List<String> streamNames = List.of();
  private final Map<String, Recording> recordings = new LinkedHashMap<>();
  private final Map<String, float[][][]> features = new LinkedHashMap<>();
  private int[] widths = {};

  /**
   * None yet.
   *
   * @param name of the data, see {@link Recordings#name}
   * @param secondsPerSnippet from one row of features to the next
   */
  public MemoryRecordings(String name, double secondsPerSnippet) {
    if (!(secondsPerSnippet > 0 && Double.isFinite(secondsPerSnippet))) {
      throw new IllegalArgumentException(
          "seconds per snippet must be positive and finite: " + secondsPerSnippet);
    }
    this.name = name;
    this.secondsPerSnippet = secondsPerSnippet;
  }

  /** Names the classes, in the order that scores have. */
  public MemoryRecordings classes(String... names) {
    named.clear();
    named.addAll(List.of(names));
    return this;
  }

  /** Names the streams, in the order in which their matrices are added. */
  public MemoryRecordings streams(String... names) {
    streamNames = List.of(names);
    return this;
  }

  /**
   * Adds a recording.
   *
   * @param streams its features, for each stream a row per snippet {@code [T, D]}; not copied
   * @throws IllegalArgumentException if the id is there already, or the matrices are not as many or
   *     as wide as those of the recordings before
   */
  public MemoryRecordings add(Recording recording, float[][]... streams) {
    int[] own = Arrays.stream(streams).mapToInt(m -> m.length == 0 ? 0 : m[0].length).toArray();
    if (own.length == 0 || Arrays.stream(own).anyMatch(width -> width == 0)) {
      throw new IllegalArgumentException(
          "recording '" + recording.id() + "': a matrix of features has no row or no column");
    }
    if (!recordings.isEmpty() && !Arrays.equals(own, widths)) {
      throw new IllegalArgumentException(
          "recording '%s': its features are %s wide, those before it %s"
              .formatted(recording.id(), Arrays.toString(own), Arrays.toString(widths)));
    }
    if (recordings.putIfAbsent(recording.id(), recording) != null) {
      throw new IllegalArgumentException("recording '" + recording.id() + "' is given twice");
    }
    widths = own;
    features.put(recording.id(), streams);
    return this;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<FeatureStream> streams() {
    if (!streamNames.isEmpty() && streamNames.size() != widths.length) {
      throw new IllegalArgumentException(
          "%d streams are named, %s, and recordings have %d"
              .formatted(streamNames.size(), streamNames, widths.length));
    }
    List<FeatureStream> streams = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      String stream = streamNames.isEmpty() ? "stream" + (i + 1) : streamNames.get(i);
      streams.add(new FeatureStream(stream, widths[i]));
    }
    return streams;
  }

  @Override
  public List<String> classes() {
    if (!named.isEmpty()) {
      return List.copyOf(named);
    }
    Set<String> found = new LinkedHashSet<>();
    recordings.values().forEach(recording -> found.addAll(recording.allLabels()));
    return found.stream().sorted().toList();
  }

  @Override
  public double secondsPerSnippet() {
    return secondsPerSnippet;
  }

  @Override
  public List<Recording> recordings() {
    return List.copyOf(recordings.values());
  }

  @Override
  public float[][][] features(Recording recording) {
    float[][][] found = features.get(recording.id());
    if (found == null) {
      throw new IllegalArgumentException("no recording '" + recording.id() + "' was added");
    }
    return found;
  }
}
