// SPDX-License-Identifier: Apache-2.0
package dev.kairos;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.RecordingSource;
import dev.kairos.methods.data.SnippetTiming;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Recordings of a program, as the methods see them. */
final class RecordingsDataset implements RecordingSource {
  private final Recordings recordings;
  private final Map<String, Recording> byId = new LinkedHashMap<>();

  private RecordingsDataset(Recordings recordings, List<Recording> all) {
    this.recordings = recordings;
    all.forEach(recording -> byId.put(recording.id(), recording));
  }

  /**
   * The data set.
   *
   * @throws IllegalArgumentException if there is no recording, one is there twice, or a label is
   *     not among the classes
   */
  static Dataset of(Recordings recordings) {
    List<Recording> all = recordings.recordings();
    double step = recordings.secondsPerSnippet();
    DatasetDescription about =
        new DatasetDescription(
                recordings.name(),
                recordings.streams().stream().map(FeatureStream::inside).toList(),
                1,
                step,
                recordings.classes(),
                "",
                "")
            .withTiming(SnippetTiming.ofSeconds(step).withWindow(recordings.secondsOfWindow(), 0));
    return Dataset.of(
        about,
        all.stream().map(Recording::inside).toList(),
        new RecordingsDataset(recordings, all));
  }

  private Recording own(dev.kairos.methods.data.Recording recording) {
    return Objects.requireNonNull(byId.get(recording.id()), recording.id());
  }

  @Override
  public int length(dev.kairos.methods.data.Recording recording) throws IOException {
    return recordings.snippets(own(recording));
  }

  @Override
  public FeatureSequence features(dev.kairos.methods.data.Recording recording) throws IOException {
    try {
      return FeatureSequence.of(recordings.features(own(recording)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "recording '" + recording.id() + "': " + e.getMessage(), e);
    }
  }
}
