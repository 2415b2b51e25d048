// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.methods.files.FileNames;
import dev.kairos.methods.files.Shown;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One source of features, for example {@code rgb} or {@code flow}.
 *
 * @param name also the name of its folder below {@code features/}
 * @param width values per snippet D, at least 1
 */
public record FeatureStream(String name, int width) {
  /** Checks that the name can be a folder's and that the width is positive. */
  public FeatureStream {
    String problem = FileNames.problem(name);
    if (!problem.isEmpty()) {
      throw new IllegalArgumentException("stream name '" + Shown.of(name) + "' " + problem);
    }
    if (width < 1) {
      throw new IllegalArgumentException("stream '" + name + "': width must be positive: " + width);
    }
  }

  /** Names and widths of several, for messages. */
  public static String named(List<FeatureStream> streams) {
    return streams.stream()
        .map(stream -> stream.name() + " of " + stream.width())
        .collect(Collectors.joining(" + "));
  }
}
