// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.report;

import dev.kairos.methods.run.RunFolder;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which runs somebody means, and what to call each. */
public final class RunPlaces {
  private static final Pattern SEED = Pattern.compile("seed--?\\d{1,19}");

  private RunPlaces() {}

  /**
   * The runs by name, each once: a folder of {@code train --seeds} stands for its runs, in the
   * order of their seeds. Names are the paths below the folder that holds all runs.
   *
   * @param asked at least one folder
   * @throws dev.kairos.tensor.io.DataFormatException if a folder holds no run
   */
  public static Map<String, RunFolder> named(List<Path> asked) throws IOException {
    Map<Path, RunFolder> runs = new LinkedHashMap<>();
    for (Path place : asked) {
      for (Path folder : expanded(place)) {
        RunFolder run = RunFolder.open(folder);
        runs.putIfAbsent(folder.toRealPath(), run);
      }
    }
    Path above = above(List.copyOf(runs.keySet()));
    Map<String, RunFolder> named = new LinkedHashMap<>();
    runs.forEach(
        (place, run) -> {
          String below = above.relativize(place).toString();
          named.put(below.isEmpty() ? last(place) : below, run);
        });
    return named;
  }

  private static String last(Path place) {
    Path name = place.getFileName();
    return name == null ? place.toString() : name.toString();
  }

  /** The run itself, or those of its seeds. */
  private static List<Path> expanded(Path place) throws IOException {
    if (RunFolder.exists(place) || !Files.isDirectory(place)) {
      return List.of(place);
    }
    List<Path> seeds = new ArrayList<>();
    try (Stream<Path> inside = Files.list(place)) {
      inside.filter(folder -> isSeed(folder) && RunFolder.exists(folder)).forEach(seeds::add);
    }
    seeds.sort(Comparator.comparing(folder -> new BigInteger(last(folder).substring(5))));
    return seeds.isEmpty() ? List.of(place) : seeds;
  }

  private static boolean isSeed(Path folder) {
    return SEED.matcher(last(folder)).matches();
  }

  /** The deepest folder that holds all of them. */
  private static Path above(List<Path> places) {
    Path above = places.get(0);
    for (Path place : places) {
      while (!place.startsWith(above) || place.equals(above)) {
        Path parent = above.getParent();
        if (parent == null) {
          return above;
        }
        above = parent;
      }
    }
    return above;
  }
}
