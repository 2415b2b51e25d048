// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import dev.kairos.methods.files.FileNames;
import dev.kairos.methods.tal.Detection;
import dev.kairos.tensor.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** In which form detections are written. */
public enum DetectionFormat {
  /** JSON as an ActivityNet submission, which {@link DetectionFile} reads back. */
  ACTIVITYNET("json"),
  /** A line {@code id,class,start,end,score} each, seconds, after a header that says so. */
  CSV("csv"),
  /** A file of the annotation tool ELAN for each recording: a folder, or one file for one. */
  ELAN("eaf"),
  /** A project of the VGG video annotator VIA 3. */
  VIA("json");

  private static final String EAF = "eaf";

  private final String ending;

  DetectionFormat(String ending) {
    this.ending = ending;
  }

  /** The form that a file's name asks for by its ending; empty where the ending is none of them. */
  public static Optional<DetectionFormat> of(Path file) {
    String ending = ending(file);
    for (DetectionFormat format : values()) {
      if (format.ending.equals(ending)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  private static String ending(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** Whether this form makes a folder of such a name, and not a file. */
  public boolean isFolder(Path out) {
    return this == ELAN && !ending(out).equals(EAF);
  }

  /**
   * Writes the detections of each recording, in the order of the map.
   *
   * @param out file to write; for {@link #ELAN} a folder, or a file named {@code .eaf} where there
   *     is one recording
   * @param videos the video of each recording that has one, for tools that show it
   * @throws IllegalArgumentException if a score is not finite, or several recordings would have to
   *     go into one ELAN file; nothing is written then
   */
  public void write(Path out, Map<String, List<Detection>> detections, Map<String, Path> videos)
      throws IOException {
    DetectionFile.requireFinite(detections);
    switch (this) {
      case ACTIVITYNET -> DetectionFile.write(out, detections);
      case CSV -> AtomicFiles.writeString(out, DetectionCsv.text(detections));
      case VIA -> AtomicFiles.write(out, to -> ViaProject.write(to, detections, videos));
      case ELAN -> elan(out, detections, videos);
    }
  }

  private void elan(Path out, Map<String, List<Detection>> all, Map<String, Path> videos)
      throws IOException {
    boolean folder = isFolder(out);
    if (!folder && all.size() != 1) {
      throw new IllegalArgumentException(
          out + ": an ELAN file holds one recording, found " + all.size());
    }
    if (folder) {
      Files.createDirectories(out);
    }
    for (Map.Entry<String, List<Detection>> entry : all.entrySet()) {
      String id = entry.getKey();
      Path file = folder ? FileNames.of(out, id, "." + EAF) : out;
      ElanDocument document = new ElanDocument(file, videos.get(id));
      AtomicFiles.writeString(file, document.text(entry.getValue()));
    }
  }
}
