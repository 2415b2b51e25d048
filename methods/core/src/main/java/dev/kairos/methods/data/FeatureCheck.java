// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.methods.files.FileNames;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which feature files are there, which are missing and why, and which belong to nobody. Only names
 * are looked at.
 */
final class FeatureCheck {
  private static final String FEATURES = "features";
  private static final int DEEPEST = 6;
  private static final int MOST_FILES = 500_000;

  private final Path folder;
  private final DatasetDescription description;
  private final boolean mayMiss;
  private final Findings findings;
  private final Set<Path> explained = new HashSet<>();
  private final Set<Path> claimed = new HashSet<>();
  private @Nullable Map<String, List<Path>> places;

  /**
   * A check.
   *
   * @param mayMiss whether recordings without features are left out, and not refused
   */
  FeatureCheck(Path folder, DatasetDescription description, boolean mayMiss, Findings findings) {
    this.folder = folder;
    this.description = description;
    this.mayMiss = mayMiss;
    this.findings = findings;
  }

  /**
   * Looks through the folders of all streams.
   *
   * @param recordings those whose id can name a file, with the subsets of the annotations
   * @return the ids of the recordings that lack no file
   */
  Set<String> check(Collection<Recording> recordings) throws IOException {
    Set<String> whole = new LinkedHashSet<>();
    recordings.forEach(recording -> whole.add(recording.id()));
    Map<Path, Set<String>> strays = new TreeMap<>();
    for (FeatureStream stream : description.streams()) {
      Map<Path, Map<String, Path>> missing = new TreeMap<>(); // by the folder where it should be
      for (Recording recording : recordings) {
        Path file = description.place(stream).file(folder, recording, recording.subset());
        Path place = parent(file);
        Set<String> unclaimed = strays.get(place);
        if (unclaimed == null) {
          unclaimed = new LinkedHashSet<>(children(place).keySet());
          strays.put(place, unclaimed);
        }
        claimed.add(file);
        unclaimed.remove(String.valueOf(file.getFileName()));
        if (!Files.exists(file)) {
          missing.computeIfAbsent(place, key -> new LinkedHashMap<>()).put(recording.id(), file);
        }
      }
      for (Map.Entry<Path, Map<String, Path>> lacking : missing.entrySet()) {
        Path place = lacking.getKey();
        whole.removeAll(lacking.getValue().keySet());
        explain(stream, place, lacking.getValue(), strays.getOrDefault(place, Set.of()));
      }
      strays.putIfAbsent(FolderFeatures.of(folder, stream), Set.of());
    }
    strays.forEach(this::strays);
    otherFolders();
    return whole;
  }

  private Path parent(Path file) {
    Path parent = file.getParent();
    return parent == null ? folder : parent;
  }

  private void explain(
      FeatureStream stream, Path place, Map<String, Path> files, Set<String> unclaimed)
      throws IOException {
    Set<String> missing = files.keySet();
    Set<String> left = new LinkedHashSet<>(missing);
    Path relative =
        place.startsWith(folder) ? folder.relativize(place) : Path.of(FEATURES, stream.name());
    MissingFeatures.renamed(relative, missing, unclaimed)
        .ifPresent(found -> account(found, place, left));
    if (!left.isEmpty()) {
      MissingFeatures.elsewhere(relative, stream.name(), left, places())
          .ifPresent(found -> account(found, place, left));
    }
    for (String id : left) {
      Path file = files.getOrDefault(id, place);
      findings.add(
          "missing in " + place,
          new Finding(
              !mayMiss,
              "KDATA-131",
              file,
              "",
              mayMiss ? "no such file: the recording is left out" : "no such file",
              "every recording needs a file in every stream; --skip-missing leaves out those"
                  + " without"));
    }
  }

  private void account(MissingFeatures found, Path place, Set<String> left) {
    findings.add("cause " + place + found.cause(), found.finding(place, !mayMiss));
    left.removeAll(found.ids());
    found.files().forEach(file -> explained.add(folder.resolve(file)));
  }

  private void strays(Path place, Set<String> names) {
    if (!place.startsWith(folder)) {
      return; // a folder of somebody else, who may have more in it
    }
    for (String name : names) {
      if (!explained.contains(place.resolve(name)) && !holdsExplained(place.resolve(name))) {
        findings.add(
            Finding.warning(
                "KDATA-135",
                place.resolve(name),
                "",
                "belongs to no recording in " + AnnotationFile.FILE_NAME,
                "it is not read; annotate the recording to use it"));
      }
    }
  }

  private void otherFolders() throws IOException {
    Set<String> streams = new HashSet<>();
    description.streams().forEach(stream -> streams.add(stream.name()));
    for (Map.Entry<String, Path> child : children(folder.resolve(FEATURES)).entrySet()) {
      if (!streams.contains(child.getKey())
          && !explained.contains(child.getValue())
          && !holdsExplained(child.getValue())) {
        findings.add(
            Finding.warning(
                "KDATA-135",
                child.getValue(),
                "",
                "is no stream in " + DatasetDescription.FILE_NAME,
                "it is not read; describe it under [[streams]] to use it"));
      }
    }
  }

  private boolean holdsExplained(Path place) {
    return Files.isDirectory(place) && explained.stream().anyMatch(file -> file.startsWith(place));
  }

  /** Where the arrays below the data folder lie, by file name; of a huge tree, of its beginning. */
  private Map<String, List<Path>> places() throws IOException {
    Map<String, List<Path>> known = places;
    if (known == null) {
      Map<String, List<Path>> found = new HashMap<>();
      Files.walkFileTree(
          folder, EnumSet.noneOf(FileVisitOption.class), DEEPEST, new Index(folder, found));
      found.values().forEach(files -> files.removeIf(this::isWhereItBelongs));
      places = found;
      known = found;
    }
    return known;
  }

  /** Whether a file lies in the folder of a stream, and so is no other stream's. */
  private boolean isWhereItBelongs(Path file) {
    return claimed.contains(folder.resolve(file))
        || description.streams().stream()
            .anyMatch(stream -> Path.of(FEATURES, stream.name()).equals(file.getParent()));
  }

  private static final class Index extends SimpleFileVisitor<Path> {
    private final Path root;
    private final Map<String, List<Path>> found;
    private int files;

    Index(Path root, Map<String, List<Path>> found) {
      this.root = root;
      this.found = found;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String name = String.valueOf(file.getFileName());
      if (name.endsWith(FileNames.NPY) && !attributes.isDirectory()) {
        found.computeIfAbsent(name, key -> new ArrayList<>()).add(root.relativize(file));
      }
      return ++files < MOST_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      return FileVisitResult.CONTINUE; // a folder that cannot be read explains nothing
    }
  }

  private static Map<String, Path> children(Path parent) throws IOException {
    Map<String, Path> children = new TreeMap<>();
    if (Files.isDirectory(parent)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
        entries.forEach(entry -> children.put(String.valueOf(entry.getFileName()), entry));
      }
    }
    return children;
  }
}
