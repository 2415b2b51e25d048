// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli.label;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.PointEditor;
import dev.kairos.methods.data.PointLabel;
import dev.kairos.methods.data.VideoFiles;
import dev.kairos.methods.generate.ThumosLikeGenerator;
import dev.kairos.methods.generate.ThumosLikeOptions;
import dev.kairos.methods.pipeline.RecordingCurves;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server over a small data folder without points. */
final class LabelFixture implements AutoCloseable {
  final Path folder;
  final Dataset dataset;
  final PointEditor points;
  final Labelling labelling;
  final LabelServer server;
  final List<String> told = new ArrayList<>();
  final List<Throwable> bugs = new ArrayList<>();

  private LabelFixture(Path folder, Dataset dataset, VideoFiles videos) throws IOException {
    this.folder = folder;
    this.dataset = dataset;
    Notices notices = new Notices(told::add);
    points = PointEditor.open(folder, dataset, notices);
    RecordingCurves curves = new RecordingCurves(dataset, null, null);
    LabelTask task =
        new LabelTask(dataset, dataset.recordings(), points, curves, videos, "", false);
    labelling = new Labelling(task, notices);
    server = LabelServer.start(0, labelling, bugs::add);
  }

  /** Three classes, and recordings of 20 to 30 snippets. */
  static LabelFixture small(Path folder) throws IOException {
    ThumosLikeGenerator.write(folder, new ThumosLikeOptions(3, 3, 6, 3, 20, 30, 8, 8, 0.5, 0.2));
    Files.deleteIfExists(folder.resolve("points.csv"));
    return new LabelFixture(folder, Dataset.open(folder), VideoFiles.none());
  }

  /** A data set in memory whose points go to a folder. */
  static LabelFixture of(Path folder, Dataset dataset, VideoFiles videos) throws IOException {
    return new LabelFixture(folder, dataset, videos);
  }

  /** The file as it is on the disk. */
  List<String> lines() throws IOException {
    return Files.readAllLines(folder.resolve("points.csv"));
  }

  List<PointLabel> points(String id) {
    return points.points(id);
  }

  @Override
  public void close() throws IOException {
    server.close();
    points.close();
  }
}
