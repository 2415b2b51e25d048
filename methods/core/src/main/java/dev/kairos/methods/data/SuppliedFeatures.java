// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.methods.files.Shown;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Features that a program supplies, from memory or from wherever it has them. */
final class SuppliedFeatures implements Features {
  private final String name;
  private final List<FeatureStream> streams;
  private final List<Recording> recordings;
  private final RecordingSource source;
  private final int width;

  /**
   * Features of some recordings.
   *
   * @param name the data set's
   * @param recordings at least one
   */
  SuppliedFeatures(
      String name,
      List<FeatureStream> streams,
      List<Recording> recordings,
      RecordingSource source) {
    this.name = name;
    this.streams = streams;
    this.recordings = List.copyOf(recordings);
    this.source = source;
    this.width = streams.stream().mapToInt(FeatureStream::width).sum();
  }

  @Override
  public int length(Recording recording) throws IOException {
    int length = source.length(recording);
    if (length < 1) {
      throw new IllegalArgumentException(
          "recording '%s': needs at least one snippet, its source says %d"
              .formatted(Shown.of(recording.id()), length));
    }
    return length;
  }

  @Override
  public long bytes(Recording recording) throws IOException {
    return (long) Float.BYTES * width * length(recording);
  }

  @Override
  public FeatureSequence all(Recording recording) throws IOException {
    FeatureSequence found = source.features(recording);
    requireWidth(recording, found, width);
    return found;
  }

  /**
   * Refuses features that are not as wide as the streams together.
   *
   * @param width of these
   */
  static void requireWidth(Recording recording, FeatureSequence features, int width) {
    if (features.width() != width) {
      throw new IllegalArgumentException(
          "recording '%s': needs %d values a snippet, the streams side by side, found %s (T,D)"
              .formatted(Shown.of(recording.id()), width, features));
    }
  }

  @Override
  public FeatureSequence one(Recording recording, FeatureStream stream) throws IOException {
    int from = 0;
    for (FeatureStream before : streams.subList(0, streams.indexOf(stream))) {
      from += before.width();
    }
    return all(recording).columns(from, stream.width());
  }

  @Override
  public void copyRows(Recording recording, int[] snippets, float[] to, int at) throws IOException {
    all(recording).copyRows(snippets, to, at);
  }

  @Override
  public String place() {
    return "data set " + Shown.of(name) + " in memory";
  }

  @Override
  public Path annotations() {
    return Path.of(place());
  }

  @Override
  public Map<String, String> fingerprints() throws IOException {
    Map<String, String> prints = new TreeMap<>();
    StringBuilder annotated = new StringBuilder();
    recordings.forEach(recording -> annotated.append(recording).append('\n'));
    prints.put("annotations", Fingerprint.of(annotated.toString()));
    prints.put("features", Fingerprint.of(all(recordings.get(0))));
    return prints;
  }
}
