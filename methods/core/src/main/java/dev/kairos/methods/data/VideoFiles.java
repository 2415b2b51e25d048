// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The videos of recordings: {@code <id>.mp4} and the like in one folder, looked through once. */
public final class VideoFiles {
  /** Where a data folder has them. */
  public static final String FOLDER = "videos";

  /** What browsers and annotation tools play; of several the first is taken. */
  private static final List<String> ENDINGS = List.of("mp4", "webm", "m4v", "ogv");

  private final Map<String, Path> files;

  private VideoFiles(Map<String, Path> files) {
    this.files = Collections.unmodifiableMap(files);
  }

  /** No videos. */
  public static VideoFiles none() {
    return new VideoFiles(Map.of());
  }

  /**
   * Looks through a folder.
   *
   * @param ids of the recordings
   */
  public static VideoFiles in(Path folder, Collection<String> ids) throws IOException {
    Map<String, Path> names;
    try (Stream<Path> all = Files.list(folder)) {
      names = all.collect(Collectors.toMap(file -> file.getFileName().toString(), file -> file));
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
    return new VideoFiles(found);
  }

  /** How many recordings have one. */
  public int size() {
    return files.size();
  }

  /** The video of a recording. */
  public Optional<Path> of(String id) {
    return Optional.ofNullable(files.get(id));
  }

  /** All of them, by recording. */
  public Map<String, Path> all() {
    return files;
  }

  /** The type of a video by its ending. */
  public static String type(Path file) {
    String name = file.toString();
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "webm" -> "video/webm";
      case "ogv" -> "video/ogg";
      default -> "video/mp4";
    };
  }
}
