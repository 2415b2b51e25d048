// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.methods.files.FileNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The feature files of a data folder, read when asked for. */
final class FolderFeatures implements Features {
  private final Path folder;
  private final List<FeatureStream> streams;
  private final Recording first; // its features stand for all

  FolderFeatures(Path folder, List<FeatureStream> streams, Recording first) {
    this.folder = folder;
    this.streams = streams;
    this.first = first;
  }

  /** Where the files of a stream lie. */
  static Path of(Path folder, FeatureStream stream) {
    return folder.resolve("features").resolve(stream.name());
  }

  Path file(Recording recording, FeatureStream stream) {
    return FileNames.npy(of(folder, stream), recording.id());
  }

  private FeatureFiles open(Recording recording) throws IOException {
    return FeatureFiles.open(streams.stream().map(s -> file(recording, s)).toList(), streams);
  }

  @Override
  public int length(Recording recording) throws IOException {
    try (FeatureFiles files = open(recording)) {
      return files.length();
    }
  }

  @Override
  public FeatureSequence all(Recording recording) throws IOException {
    try (FeatureFiles files = open(recording)) {
      return files.all();
    }
  }

  @Override
  public FeatureSequence one(Recording recording, FeatureStream stream) throws IOException {
    int length = length(recording);
    try (FeatureFile file = FeatureFile.open(file(recording, stream), stream)) {
      return file.first(length);
    }
  }

  @Override
  public void copyRows(Recording recording, int[] snippets, float[] to, int at) throws IOException {
    try (FeatureFiles files = open(recording)) {
      files.copyRows(snippets, to, at);
    }
  }

  @Override
  public String place() {
    return folder.toString();
  }

  @Override
  public Path annotations() {
    return folder.resolve(AnnotationFile.FILE_NAME);
  }

  @Override
  public Map<String, String> fingerprints() throws IOException {
    Map<String, String> prints = new TreeMap<>();
    prints.put(AnnotationFile.FILE_NAME, Fingerprint.of(annotations()));
    for (FeatureStream stream : streams) {
      Path file = file(first, stream);
      prints.put(folder.relativize(file).toString(), Fingerprint.of(file));
    }
    return prints;
  }
}
