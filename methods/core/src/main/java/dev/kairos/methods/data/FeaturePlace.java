// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.methods.files.FileNames;
import dev.kairos.methods.files.Shown;
import dev.kairos.tensor.io.DataFormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the feature files of a stream lie and how they are read.
 *
 * @param files a path in which the parts {@code {id}}, {@code {stem}} (the id without an ending
 *     such as {@code .mp4}) and {@code {subset}} are filled in for each recording, {@code {id}} or
 *     {@code {stem}} at least; relative paths begin at the data folder
 * @param key name of the array in files that hold several; empty for the only one or the usual name
 * @param layout how the array becomes {@code [T, D]}
 */
public record FeaturePlace(String files, String key, FeatureLayout layout) {
  private static final Pattern PART = Pattern.compile("\\{([^{}]*)}");
  private static final List<String> PARTS = List.of("id", "stem", "subset");
  private static final Pattern VIDEO_ENDING =
      Pattern.compile("\\.(mp4|mkv|webm|avi|mov|mpg|mpeg)$", Pattern.CASE_INSENSITIVE);

  /** Checks the parts. */
  public FeaturePlace {
    Matcher parts = PART.matcher(files);
    boolean isNamed = false;
    while (parts.find()) {
      if (!PARTS.contains(parts.group(1))) {
        throw new IllegalArgumentException(
            "files '%s': {%s} is none of {id}, {stem}, {subset}"
                .formatted(Shown.of(files), Shown.of(parts.group(1))));
      }
      isNamed |= !parts.group(1).equals("subset");
    }
    if (!isNamed) {
      throw new IllegalArgumentException(
          "files '" + Shown.of(files) + "' has no {id}: every recording has a file of its own");
    }
  }

  /** Files that hold {@code [T, D]} as it is. */
  public FeaturePlace(String files) {
    this(files, "", FeatureLayout.PLAIN);
  }

  /** {@code features/<stream>/<id>.npy}. */
  public static FeaturePlace usual(String stream) {
    return new FeaturePlace(usualFiles(stream));
  }

  /** The path that is meant where nothing is said. */
  static String usualFiles(String stream) {
    return "features/" + stream + "/{id}" + FileNames.NPY;
  }

  /** An id without the ending of a video file. */
  public static String stem(String id) {
    return VIDEO_ENDING.matcher(id).replaceFirst("");
  }

  /**
   * The file of a recording. Where the path ends in {@code .npy} and there is no such file, one of
   * another ending that can be read is taken.
   *
   * @param folder the data folder
   * @param subset of the recording as the annotations have it
   */
  public Path file(Path folder, Recording recording, String subset) {
    FileNames.require(folder, recording.id());
    String problem = FileNames.problem(subset);
    if (files.contains("{subset}") && !problem.isEmpty()) {
      throw DataFormatException.of(
          "KDATA-115",
          folder,
          "no folder can be named after subset '" + Shown.of(subset) + "': it " + problem,
          "give the subset another name");
    }
    String name =
        PART.matcher(files)
            .replaceAll(
                part ->
                    Matcher.quoteReplacement(
                        switch (part.group(1)) {
                          case "stem" -> stem(recording.id());
                          case "subset" -> subset;
                          default -> recording.id();
                        }));
    Path file = folder.resolve(name);
    return name.endsWith(FileNames.NPY) && !Files.exists(file) ? other(file) : file;
  }

  private static Path other(Path npy) {
    String name = String.valueOf(npy.getFileName());
    String stem = name.substring(0, name.length() - FileNames.NPY.length());
    return FeatureFormats.endings().stream()
        .map(ending -> npy.resolveSibling(stem + ending))
        .filter(Files::exists)
        .findFirst()
        .orElse(npy);
  }
}
