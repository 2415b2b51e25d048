// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.methods.files.FileNames;
import dev.kairos.methods.files.Plural;
import dev.kairos.methods.files.Shown;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Features of recordings without a word on what they are: a folder with {@code <stream>/<id>.npy}
 * for every stream, or with {@code <id>.npy} that holds all streams side by side.
 */
public final class FeatureFolder {
  private FeatureFolder() {}

  /**
   * The files of each recording in a folder.
   *
   * @param streams what the files should hold
   * @return by recording, in the order of their names: a file for each stream, or one for all
   * @throws DataFormatException KDATA-131 if there is none, or a recording lacks a stream; the
   *     message lists what is missing
   */
  public static Map<String, List<Path>> recordings(Path folder, List<FeatureStream> streams)
      throws IOException {
    List<Path> folders = streams.stream().map(stream -> folder.resolve(stream.name())).toList();
    List<String> absent =
        streams.stream()
            .map(FeatureStream::name)
            .filter(name -> !Files.isDirectory(folder.resolve(name)))
            .toList();
    if (absent.size() == streams.size()) {
      return joint(folder, streams);
    }
    if (!absent.isEmpty()) {
      throw missing(
          folder,
          "has no folder "
              + Shown.some(absent)
              + "; expected one for each of the streams "
              + FeatureStream.named(streams),
          "bring those features, too");
    }
    SortedSet<String> ids = new TreeSet<>();
    for (Path each : folders) {
      ids.addAll(ids(each));
    }
    if (ids.isEmpty()) {
      throw missing(folder, "its folders hold no file .npy", "name a folder of features");
    }
    return ofStreams(folder, folders, ids);
  }

  private static Map<String, List<Path>> ofStreams(
      Path folder, List<Path> folders, SortedSet<String> ids) {
    Map<String, List<Path>> recordings = new LinkedHashMap<>();
    List<String> absent = new ArrayList<>();
    for (String id : ids) {
      List<Path> files = folders.stream().map(each -> FileNames.npy(each, id)).toList();
      files.stream()
          .filter(file -> !Files.exists(file))
          .forEach(file -> absent.add(folder.relativize(file).toString()));
      recordings.put(id, files);
    }
    if (!absent.isEmpty()) {
      throw missing(
          folder,
          Plural.of(absent.size(), "file") + " missing: " + Shown.some(absent),
          "every recording needs a file in every stream; take away those that have not");
    }
    return Collections.unmodifiableMap(recordings);
  }

  private static Map<String, List<Path>> joint(Path folder, List<FeatureStream> streams)
      throws IOException {
    Map<String, List<Path>> recordings = new LinkedHashMap<>();
    for (String id : ids(folder)) {
      recordings.put(id, List.of(FileNames.npy(folder, id)));
    }
    if (recordings.isEmpty()) {
      boolean data = Files.isDirectory(folder.resolve("features"));
      throw missing(
          folder,
          "holds neither <id>.npy nor a folder for each of the streams "
              + FeatureStream.named(streams),
          data ? "name " + folder.resolve("features") : "name a folder of features");
    }
    return Collections.unmodifiableMap(recordings);
  }

  private static SortedSet<String> ids(Path folder) throws IOException {
    SortedSet<String> ids = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(FileNames.NPY) && !name.startsWith("."))
          .forEach(name -> ids.add(name.substring(0, name.length() - FileNames.NPY.length())));
    }
    return ids;
  }

  private static DataFormatException missing(Path folder, String problem, String hint) {
    return DataFormatException.of("KDATA-131", folder, problem, hint);
  }
}
