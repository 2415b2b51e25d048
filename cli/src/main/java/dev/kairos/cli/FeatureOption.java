// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.data.FeatureFolder;
import dev.kairos.methods.data.FeatureStream;
import dev.kairos.methods.files.FileNames;
import dev.kairos.methods.files.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** The option that names features of recordings that belong to no data folder. */
final class FeatureOption {
  @Option(
      names = "--features",
      paramLabel = "FILES",
      description =
          "Instead of --data, recordings without annotation. F.npy: one recording, all streams side"
              + " by side; F.npy,G.npy: one recording, a file for each stream in the order of the"
              + " run; repeat the option for more recordings. DIR: all recordings of a folder,"
              + " STREAM/ID.npy for each stream or ID.npy.")
  private List<String> values = new ArrayList<>();

  boolean isGiven() {
    return !values.isEmpty();
  }

  /**
   * The files of each recording.
   *
   * @param streams of the run
   * @param paths finds the file that a word names
   */
  Map<String, List<Path>> recordings(List<FeatureStream> streams, Function<String, Path> paths)
      throws IOException {
    Map<String, List<Path>> all = new LinkedHashMap<>();
    for (String value : values) {
      Path place = paths.apply(value);
      if (Files.isDirectory(place)) {
        FeatureFolder.recordings(place, streams).forEach((id, files) -> add(all, id, files));
      } else {
        List<Path> files = files(value, streams, paths);
        add(all, id(files.get(0)), files);
      }
    }
    return all;
  }

  /** A file whose name holds a comma is that file. */
  private static List<Path> files(
      String value, List<FeatureStream> streams, Function<String, Path> paths) {
    if (Files.exists(paths.apply(value))) {
      return List.of(paths.apply(value));
    }
    List<Path> files = new ArrayList<>();
    for (String name : value.split(",", -1)) {
      files.add(paths.apply(name));
    }
    if (files.size() != 1 && files.size() != streams.size()) {
      throw new UsageException(
          "--features: found %s, the run was trained on the streams %s"
              .formatted(Messages.count(files.size(), "file"), FeatureStream.named(streams)),
          "give a file for each, in this order, or one that holds all; for another recording"
              + " repeat --features");
    }
    return files;
  }

  private static void add(Map<String, List<Path>> all, String id, List<Path> files) {
    List<Path> before = all.putIfAbsent(id, files);
    if (before != null) {
      throw new UsageException(
          "--features: two recordings would be called '%s': %s and %s"
              .formatted(Shown.of(id), before.get(0), files.get(0)),
          "name the first file of each after its recording");
    }
  }

  private static String id(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(FileNames.NPY)
        ? name.substring(0, name.length() - FileNames.NPY.length())
        : name;
  }
}
