// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli.label;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The videos of recordings: {@code <id>.mp4} and the like in one folder, looked through once. */
public final class Videos {
  /** Where a data folder has them. */
  public static final String FOLDER = "videos";

  /** What browsers play, the best known first. */
  private static final Map<String, String> TYPES =
      Map.of("mp4", "video/mp4", "m4v", "video/mp4", "webm", "video/webm", "ogv", "video/ogg");

  private static final List<String> ENDINGS = List.of("mp4", "webm", "m4v", "ogv");

  private final Map<String, Path> files;

  private Videos(Map<String, Path> files) {
    this.files = files;
  }

  /** No videos. */
  public static Videos none() {
    return new Videos(Map.of());
  }

  /**
   * Looks through a folder.
   *
   * @param ids of the recordings
   */
  public static Videos in(Path folder, Collection<String> ids) throws IOException {
    Map<String, Path> names = new HashMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      names.putAll(
          all.collect(Collectors.toMap(file -> file.getFileName().toString(), file -> file)));
    }
    Map<String, Path> found = new HashMap<>();
    for (String id : ids) {
      for (String ending : ENDINGS) {
        Path file = names.get(id + "." + ending);
        if (file != null && Files.isRegularFile(file)) {
          found.putIfAbsent(id, file);
        }
      }
    }
    return new Videos(found);
  }

  /** How many recordings have one. */
  public int size() {
    return files.size();
  }

  /** The video of a recording. */
  public Optional<Path> of(String id) {
    return Optional.ofNullable(files.get(id));
  }

  /** What a browser should take a file for. */
  public static String type(Path file) {
    String name = file.toString();
    return TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "video/mp4");
  }
}
