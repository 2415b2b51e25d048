// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.methods.files.FileNames;
import dev.kairos.methods.files.Plural;
import dev.kairos.methods.files.Shown;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Why the features of some recordings are not where they belong: the files of their stream have
 * names made from the ids in another way, or they lie in other folders.
 *
 * @param cause what is the case instead, for a message
 * @param fix what the user can do
 * @param ids the recordings it explains
 * @param files the files that these are, from the data folder on
 */
record MissingFeatures(String cause, String fix, Set<String> ids, Set<Path> files) {
  private static final int SAMPLE = 50;
  private static final int FEWEST = 2;
  private static final int MOST_FOLDERS = 3;

  /** How a file's name is made from an id, which may lose its own beginning or end first. */
  private record Naming(String prefix, String suffix, String lostStart, String lostEnd) {
    /** The file's name of an id, or null where it has not what it should lose. */
    Optional<String> of(String id) {
      if (!id.startsWith(lostStart)
          || !id.endsWith(lostEnd)
          || id.length() <= lostStart.length() + lostEnd.length()) {
        return Optional.empty();
      }
      String kept = id.substring(lostStart.length(), id.length() - lostEnd.length());
      return Optional.of(prefix + kept + suffix);
    }

    String cause() {
      String lost = lostStart + lostEnd;
      return lost.isEmpty()
          ? "the features are named " + prefix + "<id>" + suffix
          : "the ids carry '" + Shown.of(lost) + "', which the names of the files do not";
    }

    String fix(Path folder) {
      String lost = lostStart + lostEnd;
      if (!lost.isEmpty() && FeaturePlace.stem("x" + lost).equals("x")) {
        return says(folder, "{stem}" + suffix);
      }
      if (!lost.isEmpty()) {
        return "take it off the ids in " + AnnotationFile.FILE_NAME + ", or add it to the names";
      }
      return FeatureFormats.of("x" + suffix).isPresent()
          ? says(folder, prefix + "{id}" + suffix)
          : "save the features as [T, D] with numpy.save";
    }

    private static String says(Path folder, String name) {
      return "say so under [[streams]] in %s: files = \"%s\""
          .formatted(
              DatasetDescription.FILE_NAME, folder.resolve(name).toString().replace('\\', '/'));
    }
  }

  /**
   * Looks for another way of naming among the files of the stream's own folder.
   *
   * @param folder that folder, from the data folder on
   * @param ids the recordings without a file
   * @param strays names of files that belong to no recording
   */
  static Optional<MissingFeatures> renamed(
      Path folder, Collection<String> ids, Collection<String> strays) {
    Map<Naming, Integer> votes = new HashMap<>();
    for (String id : ids.stream().limit(SAMPLE).toList()) {
      strays.forEach(name -> vote(id, name).ifPresent(way -> votes.merge(way, 1, Integer::sum)));
    }
    Set<String> there = new HashSet<>(strays);
    return votes.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(way -> explained(folder, way.getKey(), ids, there))
        .filter(found -> found.ids().size() >= FEWEST);
  }

  private static Optional<Naming> vote(String id, String name) {
    int at = name.indexOf(id);
    if (at >= 0) {
      return Optional.of(
          new Naming(name.substring(0, at), name.substring(at + id.length()), "", ""));
    }
    int dot = name.lastIndexOf('.');
    String stem = dot < 0 ? name : name.substring(0, dot);
    int within = stem.isEmpty() ? -1 : id.indexOf(stem);
    return within < 0
        ? Optional.empty()
        : Optional.of(
            new Naming(
                "",
                name.substring(stem.length()),
                id.substring(0, within),
                id.substring(within + stem.length())));
  }

  private static MissingFeatures explained(
      Path folder, Naming way, Collection<String> ids, Set<String> there) {
    Set<String> known = new TreeSet<>();
    Set<Path> files = new HashSet<>();
    for (String id : ids) {
      way.of(id)
          .filter(there::contains)
          .ifPresent(
              name -> {
                known.add(id);
                files.add(folder.resolve(name));
              });
    }
    return new MissingFeatures(way.cause(), way.fix(folder), known, files);
  }

  /**
   * Looks for the files, rightly named, in other folders of the data set.
   *
   * @param folder where they belong, from the data folder on: {@code features/<stream>}
   * @param stream the stream's name
   * @param ids the recordings without a file
   * @param places where files of each name lie, from the data folder on
   */
  static Optional<MissingFeatures> elsewhere(
      Path folder, String stream, Collection<String> ids, Map<String, List<Path>> places) {
    Set<String> known = new TreeSet<>();
    Set<Path> files = new HashSet<>();
    Set<String> folders = new TreeSet<>();
    Set<Integer> levels = new HashSet<>();
    for (String id : ids) {
      List<Path> found = places.getOrDefault(id + FileNames.NPY, List.of());
      List<Path> own = found.stream().filter(file -> holds(file, stream)).toList();
      for (Path file : own.isEmpty() && found.size() == 1 ? found : own) {
        known.add(id);
        files.add(file);
        folders.add(String.valueOf(file.getParent()));
        levels.add(file.getNameCount() - 1 - folder.getNameCount());
      }
    }
    if (known.isEmpty()) {
      return Optional.empty();
    }
    String depth = levels.equals(Set.of(1)) ? "one folder level too deep, " : "";
    String list = String.join(", ", folders.stream().limit(MOST_FOLDERS).map(Shown::of).toList());
    String cause =
        "they lie " + depth + "in " + list + (folders.size() > MOST_FOLDERS ? " and others" : "");
    String fix =
        "say so under [[streams]] with a path as in files = \"features/{subset}/%s/{id}.npy\", or"
                .formatted(stream)
            + " bring those of all subsets together in "
            + folder;
    return Optional.of(new MissingFeatures(cause, fix, known, files));
  }

  private static boolean holds(Path file, String name) {
    for (Path part : file) {
      if (part.toString().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** What is missing and why, as one finding. */
  Finding finding(Path folder, boolean fatal) {
    String first = ids.iterator().next();
    String some =
        Plural.of(ids.size(), "recording")
            + " without a file ("
            + Shown.of(first)
            + FileNames.NPY
            + (ids.size() > 1 ? ", .." : "")
            + ")";
    return new Finding(fatal, "KDATA-131", folder, "", some + ": " + cause, fix);
  }
}
