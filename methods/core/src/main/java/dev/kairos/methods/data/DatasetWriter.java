// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.methods.files.FileNames;
import dev.kairos.methods.files.Shown;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.FileTree;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Writes a data folder atomically: everything goes into a hidden folder beside the target, which
 * takes the target's name when it is complete and is removed when something fails.
 */
public final class DatasetWriter {
  private DatasetWriter() {}

  /**
   * Writes a data folder. {@code points.csv} is written if any recording has a point.
   *
   * @param folder the folder to make: not there yet, or empty; missing parents are made
   * @param recordings in the order of the annotation file, ids unique and fit for file names,
   *     labels among the description's classes
   * @param source asked once per recording and stream, in order
   * @throws DataFormatException if the folder is not empty or a file has its name; nothing is
   *     written then
   * @throws InterruptedIOException if the thread is interrupted; nothing is left behind
   */
  public static void write(
      Path folder,
      DatasetDescription description,
      Collection<Recording> recordings,
      FeatureSource source)
      throws IOException {
    requireConsistent(description, recordings);
    write(folder, partial -> writeContents(partial, description, recordings, source));
  }

  private interface Contents {
    void write(Path partial) throws IOException;
  }

  private static void write(Path folder, Contents contents) throws IOException {
    Path target = folder.toAbsolutePath().normalize();
    requireUnused(folder, target);
    Path parent = target.getParent();
    if (parent == null) {
      throw new IllegalArgumentException("cannot write a data folder to " + folder);
    }
    Files.createDirectories(parent);
    Path partial = createPartial(parent, String.valueOf(target.getFileName()));
    boolean done = false;
    try {
      contents.write(partial);
      requireUnused(folder, target);
      Files.deleteIfExists(target);
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
      done = true;
    } finally {
      if (!done) {
        FileTree.delete(partial);
      }
    }
  }

  /**
   * Writes a data folder with copies of features that lie in files elsewhere.
   *
   * @param folder as for {@link #write}
   * @param description of the new folder
   * @param from where the features are and how they are read: paths that are whole
   */
  public static void copy(
      Path folder,
      DatasetDescription description,
      Collection<Recording> recordings,
      DatasetDescription from)
      throws IOException {
    Path root = folder.toAbsolutePath();
    FolderFeatures features = new FolderFeatures(root, from, root, recordings);
    write(folder, description, recordings, features::one);
  }

  /**
   * Writes a data folder without features, which stay where the description says.
   *
   * @param folder as for {@link #write}
   * @param description whose paths of features are whole
   */
  public static void link(
      Path folder, DatasetDescription description, Collection<Recording> recordings)
      throws IOException {
    requireConsistent(description, recordings);
    write(folder, partial -> writeTables(partial, description, recordings));
  }

  /**
   * Refuses a folder that cannot be written: callers with long work to do ask before they begin.
   *
   * @throws DataFormatException if it is a file, or a folder that is not empty
   */
  public static void requireUnused(Path folder) throws IOException {
    requireUnused(folder, folder.toAbsolutePath().normalize());
  }

  private static void requireUnused(Path shown, Path target) throws IOException {
    if (Files.isDirectory(target)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(target)) {
        if (entries.iterator().hasNext()) {
          throw DataFormatException.of(
              "KDATA-141", shown, "exists and is not empty", "name another folder");
        }
      }
    } else if (Files.exists(target)) {
      throw DataFormatException.of(
          "KDATA-141", shown, "is a file, expected a new folder's name", "name another folder");
    }
  }

  private static void requireConsistent(
      DatasetDescription description, Collection<Recording> recordings) {
    Set<String> ids = new HashSet<>();
    for (Recording recording : recordings) {
      String id = Shown.of(recording.id());
      String problem = FileNames.problem(recording.id());
      if (!problem.isEmpty()) {
        throw new IllegalArgumentException("recording id '" + id + "' " + problem);
      }
      if (!ids.add(recording.id())) {
        throw new IllegalArgumentException("recording '" + id + "' is given twice");
      }
      for (String label : description.rules().apply(recording).labels()) {
        if (!description.classes().contains(label)) {
          throw new IllegalArgumentException(
              "recording '" + id + "': label '" + label + "' is not a class");
        }
      }
    }
  }

  private static Path createPartial(Path parent, String name) throws IOException {
    for (int attempt = 0; ; attempt++) {
      Path partial =
          parent.resolve("." + name + ".partial-" + ProcessHandle.current().pid() + "-" + attempt);
      if (Files.notExists(partial) || attempt == 1000) {
        return Files.createDirectory(partial);
      }
    }
  }

  private static void writeContents(
      Path folder,
      DatasetDescription description,
      Collection<Recording> recordings,
      FeatureSource source)
      throws IOException {
    for (FeatureStream stream : description.streams()) {
      Files.createDirectories(FolderFeatures.of(folder, stream));
    }
    for (Recording recording : recordings) {
      for (FeatureStream stream : description.streams()) {
        if (Thread.interrupted()) {
          Thread.currentThread().interrupt();
          throw new InterruptedIOException("interrupted while writing recording " + recording.id());
        }
        FeatureSequence features = source.features(recording, stream);
        requireWidth(recording, stream, features);
        Path file = FileNames.npy(FolderFeatures.of(folder, stream), recording.id());
        FeatureFile.write(file, features);
      }
    }
    writeTables(folder, description, recordings);
  }

  private static void writeTables(
      Path folder, DatasetDescription description, Collection<Recording> recordings)
      throws IOException {
    AnnotationFile.write(folder.resolve(AnnotationFile.FILE_NAME), recordings);
    if (recordings.stream().anyMatch(recording -> !recording.points().isEmpty())) {
      PointFile.write(folder.resolve(PointFile.FILE_NAME), recordings);
    }
    description.write(folder.resolve(DatasetDescription.FILE_NAME));
  }

  private static void requireWidth(
      Recording recording, FeatureStream stream, FeatureSequence features) {
    if (features.width() != stream.width()) {
      throw new IllegalArgumentException(
          "recording '%s': stream '%s' is %d wide, its features are %s (T,D)"
              .formatted(recording.id(), stream.name(), stream.width(), features));
    }
  }
}
