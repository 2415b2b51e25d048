// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.report;

import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.files.FileNames;
import dev.kairos.methods.report.ReportData.Activation;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.Npy;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A folder of class activation sequences: {@code <id>.npy}, {@code [T, C]} or {@code [T, C+1]}. */
public final class CasFolder {
  private final Path folder;
  private final DatasetDescription description;

  private CasFolder(Path folder, DatasetDescription description) {
    this.folder = folder;
    this.description = description;
  }

  /**
   * Opens a folder.
   *
   * @param description of the data set, whose classes are the channels in its order
   * @throws NotDirectoryException if it is none
   */
  public static CasFolder open(Path folder, DatasetDescription description)
      throws NotDirectoryException {
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException(folder.toString());
    }
    return new CasFolder(folder, description);
  }

  /**
   * The activations of some classes; none where the recording has no file.
   *
   * @throws DataFormatException KDATA-909 if a file has another shape
   */
  public List<Activation> activations(Recording recording, Set<String> kept) throws IOException {
    Path file = FileNames.npy(folder, recording.id());
    if (!Files.exists(file)) {
      return List.of();
    }
    NpyArray cas = Npy.read(file);
    int classes = description.classes().size();
    if (cas.rank() != 2
        || cas.dim(0) == 0
        || (cas.dim(1) != classes && cas.dim(1) != classes + 1)) {
      throw DataFormatException.of(
          "KDATA-909",
          file,
          "expected [T, "
              + classes
              + "] or [T, "
              + (classes + 1)
              + "] with background last, found "
              + java.util.Arrays.toString(cas.shape()));
    }
    double step =
        recording.hasDuration()
            ? recording.duration() / cas.dim(0)
            : description.secondsPerSnippet();
    float[] values = cas.toFloats();
    List<Activation> activations = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      if (kept.contains(description.classes().get(c))) {
        List<Float> series = new ArrayList<>();
        for (int t = 0; t < cas.dim(0); t++) {
          series.add(values[t * cas.dim(1) + c]);
        }
        activations.add(new Activation(description.classes().get(c), step, series));
      }
    }
    return activations;
  }
}
