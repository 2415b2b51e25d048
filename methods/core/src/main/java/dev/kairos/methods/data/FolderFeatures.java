// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The feature files of a data folder, read when asked for. */
final class FolderFeatures implements Features {
  private final Path folder;
  private final DatasetDescription description;
  private final List<FeatureStream> streams;
  private final Path annotations;
  private final Collection<Recording> recordings; // the features of the first stand for all
  private final Map<String, String> subsets = new HashMap<>(); // as the annotations have them

  FolderFeatures(
      Path folder,
      DatasetDescription description,
      Path annotations,
      Collection<Recording> recordings) {
    this.folder = folder;
    this.description = description;
    this.streams = description.streams();
    this.annotations = annotations;
    this.recordings = recordings;
    recordings.forEach(recording -> subsets.put(recording.id(), recording.subset()));
  }

  /** Where the files of a stream lie in a folder that Kairos writes. */
  static Path of(Path folder, FeatureStream stream) {
    return folder.resolve("features").resolve(stream.name());
  }

  private Path file(Recording recording, FeatureStream stream) {
    String subset = subsets.getOrDefault(recording.id(), recording.subset());
    return description.place(stream).file(folder, recording, subset);
  }

  /** The recordings that lack a file in some stream, by id. */
  List<String> missing(Map<String, Recording> recordings) {
    return recordings.values().stream()
        .filter(r -> streams.stream().anyMatch(stream -> !Files.exists(file(r, stream))))
        .map(Recording::id)
        .toList();
  }

  private FeatureFiles open(Recording recording) throws IOException {
    return FeatureFiles.open(
        streams.stream().map(s -> file(recording, s)).toList(),
        streams,
        streams.stream().map(description::place).toList());
  }

  @Override
  public int length(Recording recording) throws IOException {
    Map<Path, Integer> lengths = new LinkedHashMap<>();
    for (FeatureStream stream : streams) {
      Path file = file(recording, stream);
      FeaturePlace place = description.place(stream);
      lengths.put(file, FeatureFile.length(file, stream, place.layout(), place.key()));
    }
    return Dataset.commonLength(lengths);
  }

  @Override
  public long bytes(Recording recording) throws IOException {
    long bytes = 0;
    for (FeatureStream stream : streams) {
      try {
        bytes += Files.size(file(recording, stream));
      } catch (NoSuchFileException missing) {
        return 0;
      }
    }
    return bytes;
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
    FeaturePlace place = description.place(stream);
    Path path = file(recording, stream);
    try (FeatureFile file = FeatureFile.open(path, stream, place.layout(), place.key())) {
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
    return annotations;
  }

  @Override
  public Map<String, String> fingerprints() throws IOException {
    Map<String, String> prints = new TreeMap<>();
    Recording first = recordings.iterator().next();
    prints.put(AnnotationFile.FILE_NAME, Fingerprint.of(annotations()));
    for (FeatureStream stream : streams) {
      Path file = file(first, stream);
      prints.put(named(file), Fingerprint.of(file));
    }
    return prints;
  }

  /** As the user knows it: from the data folder on, or whole where it lies elsewhere. */
  private String named(Path file) {
    return file.startsWith(folder) ? folder.relativize(file).toString() : file.toString();
  }
}
