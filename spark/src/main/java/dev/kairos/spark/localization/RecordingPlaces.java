// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.localization;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.OpenOptions;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.pipeline.RecordingFeatures;
import dev.kairos.spark.files.Places;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Where an executor finds recordings: a data folder, which it opens once, or files that are named
 * with each recording.
 *
 * <p>A recording is sent as an array of texts: its id, then its files if it has any of its own.
 */
final class RecordingPlaces implements Serializable {
  private static final long serialVersionUID = 1L;

  private final SerializableConfiguration hadoop;
  private final @Nullable String folder;
  private final double duration;
  private final double fps;
  private transient @Nullable Dataset dataset;

  private RecordingPlaces(
      SerializableConfiguration hadoop, @Nullable String folder, double duration, double fps) {
    this.hadoop = hadoop;
    this.folder = folder;
    this.duration = duration;
    this.fps = fps;
  }

  static RecordingPlaces folder(SerializableConfiguration hadoop, String folder) {
    return new RecordingPlaces(hadoop, folder, Double.NaN, Double.NaN);
  }

  static RecordingPlaces files(SerializableConfiguration hadoop, Recording known) {
    return new RecordingPlaces(hadoop, null, known.duration(), known.fps());
  }

  private Path path(String text) {
    return new Places(hadoop.value()).path(text);
  }

  private synchronized Dataset dataset(String place) throws IOException {
    if (dataset == null) {
      try {
        dataset = Dataset.open(path(place), OpenOptions.USUAL);
      } catch (DataFormatException e) { // the driver could
        throw DataFormatException.of(
            e.code(),
            Path.of(place),
            "an executor cannot open it: " + e.getMessage(),
            "every machine of the cluster must see the folder under this name");
      }
    }
    return dataset;
  }

  /** The recording that was sent. */
  Recording recording(String[] sent) throws IOException {
    return folder == null
        ? Recording.unannotated(sent[0], duration, fps)
        : dataset(folder).recording(sent[0]);
  }

  /** Where the features of a recording that was sent come from. */
  RecordingFeatures features(String[] sent, DatasetDescription trained) throws IOException {
    if (folder != null) {
      return RecordingFeatures.of(dataset(folder));
    }
    List<Path> files = Arrays.stream(sent).skip(1).map(this::path).toList();
    return RecordingFeatures.ofFiles(trained, id -> files);
  }
}
