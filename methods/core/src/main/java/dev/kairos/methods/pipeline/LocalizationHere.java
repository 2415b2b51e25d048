// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pipeline;

import dev.kairos.kernels.KairosException;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.localization.Localization;
import dev.kairos.methods.tal.SnippetGrid;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Localises by the experiment that was opened, in the order given. */
final class LocalizationHere implements LocalizationWork {
  @Override
  public boolean keepsCurves() {
    return true;
  }

  @Override
  public LocalizedRecordings of(
      Experiment experiment,
      Dataset dataset,
      List<Recording> recordings,
      boolean skipsFailing,
      Progress progress)
      throws IOException {
    if (!skipsFailing) {
      return LocalizedRecordings.of(experiment, dataset, recordings, progress);
    }
    dataset.requireStreams(experiment.data());
    return each(experiment, RecordingFeatures.of(dataset), recordings, progress);
  }

  @Override
  public LocalizedRecordings ofFiles(
      Experiment experiment,
      Map<String, List<Path>> files,
      Recording known,
      boolean skipsFailing,
      Progress progress)
      throws IOException {
    if (!skipsFailing) {
      return LocalizedRecordings.ofFiles(experiment, files, known, progress);
    }
    return each(
        experiment,
        RecordingFeatures.ofFiles(experiment.data(), files::get),
        files.keySet().stream().map(known::called).toList(),
        progress);
  }

  private static LocalizedRecordings each(
      Experiment experiment,
      RecordingFeatures features,
      List<Recording> recordings,
      Progress progress) {
    Map<String, Localization> found = new LinkedHashMap<>();
    Map<String, SnippetGrid> grids = new LinkedHashMap<>();
    Map<String, String> failed = new LinkedHashMap<>();
    progress.start("localize", recordings.size());
    for (Recording recording : recordings) {
      String id = recording.id();
      try {
        Localization one =
            features.localize(
                recording,
                (rows, grid) -> {
                  grids.put(id, grid);
                  return experiment.localize(rows, grid);
                });
        found.put(id, one);
      } catch (IOException | KairosException | IllegalArgumentException e) {
        grids.remove(id);
        failed.put(id, String.valueOf(e.getMessage()));
      }
      progress.step(found.size() + failed.size(), Double.NaN);
    }
    progress.finish();
    return new LocalizedRecordings(experiment.data(), found, grids, failed);
  }
}
