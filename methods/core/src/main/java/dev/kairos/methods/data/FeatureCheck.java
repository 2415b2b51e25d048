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
  private final Findings findings;
  private final Set<Path> explained = new HashSet<>();
  private @Nullable Map<String, List<Path>> places;

  FeatureCheck(Path folder, DatasetDescription description, Findings findings) {
    this.folder = folder;
    this.description = description;
    this.findings = findings;
  }

  /**
   * Looks through the folders of all streams.
   *
   * @param ids the recordings there are, those whose id can name a file
   * @return the recordings that lack no file
   */
  Set<String> check(Collection<String> ids) throws IOException {
    Set<String> whole = new LinkedHashSet<>(ids);
    Map<Path, Set<String>> strays = new TreeMap<>();
    for (FeatureStream stream : description.streams()) {
      Path place = FolderFeatures.of(folder, stream);
      Set<String> names = children(place).keySet();
      Set<String> missing = new LinkedHashSet<>();
      Set<String> unclaimed = new LinkedHashSet<>(names);
      for (String id : ids) {
        if (!unclaimed.remove(id + FileNames.NPY) && !Files.exists(FileNames.npy(place, id))) {
          missing.add(id);
        }
      }
      whole.removeAll(missing);
      explain(stream, place, missing, unclaimed);
      strays.put(place, unclaimed);
    }
    strays.forEach(this::strays);
    otherFolders();
    return whole;
  }

  private void explain(FeatureStream stream, Path place, Set<String> missing, Set<String> unclaimed)
      throws IOException {
    if (missing.isEmpty()) {
      return;
    }
    Set<String> left = new LinkedHashSet<>(missing);
    Path relative = Path.of(FEATURES, stream.name());
    MissingFeatures.renamed(relative, missing, unclaimed)
        .ifPresent(found -> account(found, place, left));
    if (!left.isEmpty()) {
      MissingFeatures.elsewhere(relative, stream.name(), left, places())
          .ifPresent(found -> account(found, place, left));
    }
    for (String id : left) {
      Path file = FileNames.npy(place, id);
      findings.add(
          "missing in " + place,
          Finding.fatal(
              "KDATA-131",
              file,
              "",
              "no such file",
              "every recording needs a file in every stream"));
    }
  }

  private void account(MissingFeatures found, Path place, Set<String> left) {
    findings.add("cause " + place + found.cause(), found.finding(place));
    left.removeAll(found.ids());
    found.files().forEach(file -> explained.add(folder.resolve(file)));
  }

  private void strays(Path place, Set<String> names) {
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
    return description.streams().stream()
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
