// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pipeline;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.FeatureFile;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.tal.NonFiniteScoresException;
import dev.kairos.methods.tal.SnippetGrid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Where the features of recordings come from, and how their rows lie in time. */
public interface RecordingFeatures {
  /** All streams side by side, {@code [T, sum of D]}. */
  FeatureSequence features(Recording recording) throws IOException;

  /** How rows lie in time. */
  SnippetGrid grid(Recording recording, int rows);

  /** A data set's. */
  static RecordingFeatures of(Dataset dataset) {
    return new RecordingFeatures() {
      @Override
      public FeatureSequence features(Recording recording) throws IOException {
        return dataset.features(recording);
      }

      @Override
      public SnippetGrid grid(Recording recording, int rows) {
        return dataset.grid(recording, rows);
      }
    };
  }

  /**
   * Those of recordings that belong to no data set.
   *
   * @param trained what the run was trained on, whose streams and timing they have
   * @param files of a recording by its id: a file for each stream, or one for all
   */
  static RecordingFeatures ofFiles(DatasetDescription trained, Function<String, List<Path>> files) {
    return new RecordingFeatures() {
      @Override
      public FeatureSequence features(Recording recording) throws IOException {
        return FeatureFile.join(
            Objects.requireNonNull(files.apply(recording.id()), recording.id()), trained.streams());
      }

      @Override
      public SnippetGrid grid(Recording recording, int rows) {
        return trained.timing().grid(Path.of(recording.id()), recording, rows);
      }
    };
  }

  /**
   * Reads a recording and gives it to whom localises.
   *
   * @throws dev.kairos.tensor.io.DataFormatException if a file is missing, misshapen or damaged
   * @throws NonFiniteScoresException that names the recording, if extreme features overflow
   */
  default <T> T localize(Recording recording, BiFunction<FeatureSequence, SnippetGrid, T> by)
      throws IOException {
    FeatureSequence features = features(recording);
    try {
      return by.apply(features, grid(recording, features.length()));
    } catch (NonFiniteScoresException e) {
      throw e.in("recording '" + recording.id() + "'");
    }
  }
}
