// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.layouts;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The files of a folder that are not features, by name; those nearer to the top come first. */
final class FileSearch {
  private static final int DEEPEST = 4;
  private static final int MOST_FILES = 500_000;

  private final List<Path> files;

  private FileSearch(List<Path> files) {
    this.files = files;
  }

  /** Looks through a folder. */
  static FileSearch in(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        folder,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        DEEPEST,
        new SimpleFileVisitor<>() {
          private int seen;

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
              files.add(file);
            }
            return ++seen < MOST_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE; // what cannot be read is not found
          }
        });
    files.sort(Comparator.comparingInt(Path::getNameCount).thenComparing(Path::toString));
    return new FileSearch(files);
  }

  /** The first file that has one of these names, the likelier name first. */
  Optional<Path> first(String... names) {
    for (String name : names) {
      Optional<Path> found = first(file -> file.getFileName().toString().equals(name));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** The first file of a kind. */
  Optional<Path> first(Predicate<Path> kind) {
    return files.stream().filter(kind).findFirst();
  }

  /** All files whose name ends so. */
  List<Path> ending(String... endings) {
    return files.stream()
        .filter(file -> List.of(endings).stream().anyMatch(file.getFileName().toString()::endsWith))
        .toList();
  }
}
