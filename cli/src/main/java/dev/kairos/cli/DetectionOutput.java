// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.data.VideoFiles;
import dev.kairos.methods.evaluation.DetectionFormat;
import dev.kairos.methods.pipeline.LocalizedRecordings;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where detections go, and in which form. */
final class DetectionOutput {
  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Detections to write; with --format elan a folder.")
  private Path out = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "FORM",
      description =
          "activitynet (JSON of a submission), csv (id,class,start,end,score), elan (an .eaf file"
              + " of each recording), via (a project of VIA 3). Default by the name of --out: .csv"
              + " and .eaf, else activitynet.")
  private @Nullable DetectionFormat format;

  @Option(
      names = "--videos",
      paramLabel = "DIR",
      description =
          "Videos that elan and via show, ID.mp4, .webm, .m4v or .ogv (default: videos in the data"
              + " folder).")
  private @Nullable Path videos;

  private DetectionFormat format() {
    return format != null ? format : DetectionFormat.of(out).orElse(DetectionFormat.ACTIVITYNET);
  }

  /** Said before the work, and not after it. */
  void requireWritable() throws IOException {
    Path parent = out.toAbsolutePath().getParent();
    boolean folder = format().isFolder(out);
    if (Files.isDirectory(out) && !folder) {
      throw new FileSystemException(out.toString(), null, "is a folder, expected a file to write");
    }
    if (Files.isRegularFile(out) && folder) {
      throw new FileSystemException(
          out.toString(), null, "is a file, expected a folder for a file of each recording");
    }
    if (parent == null || !Files.isDirectory(parent)) {
      throw new FileSystemException(out.toString(), null, "there is no folder " + parent);
    }
    if (!Files.isWritable(Files.isDirectory(out) ? out : parent)) {
      throw new FileSystemException(out.toString(), null, "the folder cannot be written to");
    }
    if (videos != null && !Files.isDirectory(videos)) {
      throw new NotDirectoryException(videos.toString());
    }
  }

  /** Refuses more recordings than one file can hold. */
  void requireRoom(int recordings) {
    if (format() == DetectionFormat.ELAN && !format().isFolder(out) && recordings != 1) {
      throw new UsageException(
          "--out %s: an ELAN file holds one recording, and there are %d".formatted(out, recordings),
          "name a folder, with --format elan");
    }
  }

  /**
   * Writes everything.
   *
   * @param data the data folder, or null where there is none
   */
  void write(LocalizedRecordings found, @Nullable Path data) throws IOException {
    found.writeDetections(out, format(), videos(found.found().keySet(), data).all());
  }

  private VideoFiles videos(Collection<String> ids, @Nullable Path data) throws IOException {
    Path folder = videos == null && data != null ? data.resolve(VideoFiles.FOLDER) : videos;
    return folder != null && Files.isDirectory(folder)
        ? VideoFiles.in(folder, ids)
        : VideoFiles.none();
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
