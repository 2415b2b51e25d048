// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.generate;

import dev.kairos.methods.data.AnnotationFile;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.DatasetWriter;
import dev.kairos.methods.data.FeatureStream;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.points.DrawnPoints;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A data set of real recordings, with their real lengths and segments, and of features that are
 * made by rule: who has THUMOS14's annotations and not its features learns how long trainings at
 * the published sizes take and how much memory. What the features show is that of {@link
 * ThumosLikeGenerator}; scores on them say nothing about a method.
 */
public final class AnnotatedGenerator {
  private static final double FPS = 25;
  private static final double STRIDE = 16;
  private static final double NOISE = 1.0;
  private static final double VARIATION = 0.5;

  private AnnotatedGenerator() {}

  /**
   * Writes the data set, named {@code thumos14} so that presets for it are taken: two streams, 25
   * frames a second, 16 frames a snippet.
   *
   * @param annotations as {@link AnnotationFile} reads them
   * @param folder the folder to make, see {@link DatasetWriter}
   * @param width values of a snippet in each stream, at least 8; published features have 1024
   * @param seed features follow it
   * @param points one for each action
   * @throws DataFormatException if the annotations are not as expected, or a recording has no
   *     length, one under half a snippet, or no segment anywhere; nothing is written then
   */
  public static void write(Path annotations, Path folder, int width, long seed, DrawnPoints points)
      throws IOException {
    DatasetWriter.requireUnused(folder);
    List<Recording> recordings =
        AnnotationFile.read(annotations).recordings().values().stream().map(points::label).toList();
    recordings.forEach(recording -> requireLength(annotations, recording));
    List<String> classes =
        recordings.stream()
            .flatMap(recording -> recording.instances().stream())
            .map(instance -> instance.label())
            .distinct()
            .sorted()
            .toList();
    if (classes.isEmpty()) {
      throw DataFormatException.of(
          "KDATA-151", annotations, "no recording has an annotated segment", "give segments");
    }
    DatasetDescription description =
        new DatasetDescription(
                "thumos14",
                List.of(new FeatureStream("rgb", width), new FeatureStream("flow", width)),
                FPS,
                STRIDE,
                classes,
                "Artificial features made from seed " + seed + " for real annotations.",
                "recordings, lengths and segments: those of the annotation file")
            .withPointSource(points.source());
    ThumosLikeAppearance appearance = new ThumosLikeAppearance(seed, NOISE, VARIATION, description);
    DatasetWriter.write(folder, description, recordings, appearance::features);
  }

  private static void requireLength(Path annotations, Recording recording) {
    if (!recording.hasDuration() || Math.rint(recording.duration() * FPS / STRIDE) < 1) {
      throw DataFormatException.of(
          "KDATA-151",
          annotations,
          "recording '"
              + Shown.of(recording.id())
              + "': "
              + (recording.hasDuration()
                  ? "lasts " + recording.duration() + " s, less than half a snippet of 0.64 s"
                  : "has no duration, so nothing says how many snippets it has"),
          "give its duration in seconds, or leave it out");
    }
  }
}
