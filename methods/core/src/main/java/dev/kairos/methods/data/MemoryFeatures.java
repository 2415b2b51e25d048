// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.methods.files.Shown;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Features that are in memory, all streams of a recording side by side. */
final class MemoryFeatures implements Features {
  private final String name;
  private final List<FeatureStream> streams;
  private final Map<Recording, FeatureSequence> features;
  private final Map<String, FeatureSequence> byId = new HashMap<>(); // subsets are renamed by use

  /**
   * Keeps the sequences.
   *
   * @param name the data set's
   * @throws IllegalArgumentException if a sequence is not as wide as the streams together
   */
  MemoryFeatures(
      String name, List<FeatureStream> streams, Map<Recording, FeatureSequence> features) {
    this.name = name;
    this.streams = streams;
    this.features = new LinkedHashMap<>(features);
    int width = streams.stream().mapToInt(FeatureStream::width).sum();
    features.forEach(
        (recording, sequence) -> {
          byId.put(recording.id(), sequence);
          if (sequence.width() != width) {
            throw new IllegalArgumentException(
                "recording '%s': needs %d values a snippet, the streams side by side, found %s (T,D)"
                    .formatted(Shown.of(recording.id()), width, sequence));
          }
        });
  }

  @Override
  public int length(Recording recording) {
    return all(recording).length();
  }

  @Override
  public FeatureSequence all(Recording recording) {
    FeatureSequence found = byId.get(recording.id());
    if (found == null) {
      throw new IllegalArgumentException(
          "no features of recording '" + Shown.of(recording.id()) + "' in " + place());
    }
    return found;
  }

  @Override
  public FeatureSequence one(Recording recording, FeatureStream stream) {
    int from = 0;
    for (FeatureStream before : streams.subList(0, streams.indexOf(stream))) {
      from += before.width();
    }
    return all(recording).columns(from, stream.width());
  }

  @Override
  public void copyRows(Recording recording, int[] snippets, float[] to, int at) {
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
  public Map<String, String> fingerprints() {
    Map<String, String> prints = new TreeMap<>();
    StringBuilder annotated = new StringBuilder();
    features.keySet().forEach(recording -> annotated.append(recording).append('\n'));
    prints.put("annotations", Fingerprint.of(annotated.toString()));
    prints.put("features", Fingerprint.of(features.values().iterator().next()));
    return prints;
  }
}
