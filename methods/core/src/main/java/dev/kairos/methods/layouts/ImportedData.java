// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.layouts;

import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.DatasetWriter;
import dev.kairos.methods.data.FeatureSource;
import dev.kairos.methods.data.Recording;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A folder of somebody else, understood.
 *
 * @param description of the data set; its feature files are where they were found
 * @param recordings with their annotations and points
 * @param features that are not in files of their own, or null
 * @param assumptions what was not said and was taken to be so, a sentence each
 * @param missing recordings that were left out because they have no features, by id
 */
public record ImportedData(
    DatasetDescription description,
    List<Recording> recordings,
    @Nullable FeatureSource features,
    List<String> assumptions,
    List<String> missing) {
  /** Copies the lists. */
  public ImportedData {
    recordings = List.copyOf(recordings);
    assumptions = List.copyOf(assumptions);
    missing = List.copyOf(missing);
  }

  /**
   * Writes a data folder with a copy of all features, {@code .npy} in single precision.
   *
   * @param out not there yet, or empty
   */
  public void copyTo(Path out) throws IOException {
    DatasetDescription plain = description.withPlaces(Map.of());
    FeatureSource given = features;
    if (given != null) {
      DatasetWriter.write(out, plain, recordings, given);
    } else {
      DatasetWriter.copy(out, plain, recordings, description);
    }
  }

  /**
   * Writes a data folder whose features stay where they are.
   *
   * @param out not there yet, or empty
   * @throws DataFormatException KDATA-174 if they are not in files of their own
   */
  public void linkTo(Path out) throws IOException {
    if (features != null) {
      throw DataFormatException.of(
          "KDATA-174",
          out,
          "the features of all recordings are in one file, which cannot stay as it is",
          "leave --link out: they are copied");
    }
    DatasetWriter.link(out, description, recordings);
  }
}
