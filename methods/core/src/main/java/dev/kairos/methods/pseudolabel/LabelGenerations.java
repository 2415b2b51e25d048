// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pseudolabel;

import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The latest generations of labels that a training renews again and again: folders {@code
 * generation-N} of one folder, each with the files of its {@link Labels} and, written last, {@value
 * LabelQualityFile#NAME} with how good they are and whence they come. A generation without that
 * file was not finished and does not count.
 */
public final class LabelGenerations {
  private static final Pattern NAME = Pattern.compile("generation-(0|[1-9][0-9]{0,8})");

  private final Path folder;
  private final int kept;

  /**
   * Generations in a folder, which may hold some.
   *
   * @param folder made when the first is added
   * @param kept how many of the latest stay there, positive
   */
  public LabelGenerations(Path folder, int kept) {
    if (kept < 1) {
      throw new IllegalArgumentException("label generations: keep at least one: " + kept);
    }
    this.folder = folder;
    this.kept = kept;
  }

  /** The numbers of those that are there, in order. */
  public List<Integer> numbers() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> Files.exists(entry.resolve(LabelQualityFile.NAME)))
          .map(entry -> NAME.matcher(entry.getFileName().toString()))
          .filter(Matcher::matches)
          .map(name -> Integer.valueOf(name.group(1)))
          .sorted()
          .toList();
    }
  }

  /** The folder of one generation. */
  public Path folder(int generation) {
    return folder.resolve("generation-" + generation);
  }

  /**
   * Writes a generation, anew if there is one of that number, as a training does that was stopped
   * and goes on from before; later ones are taken away, and the oldest beyond those to keep.
   *
   * @param origin with the number of the generation
   */
  public void add(Labels labels, LabelQuality quality, LabelOrigin origin) throws IOException {
    for (int number : numbers()) {
      if (number >= origin.generation()) {
        remove(number);
      }
    }
    Path own = folder(origin.generation());
    FileTree.delete(own); // what an unfinished one has left
    Files.createDirectories(own);
    labels.write(own);
    LabelQualityFile.write(own.resolve(LabelQualityFile.NAME), quality, origin);
    List<Integer> numbers = numbers();
    for (int number : numbers.subList(0, Math.max(0, numbers.size() - kept))) {
      remove(number);
    }
  }

  private void remove(int generation) throws IOException {
    Files.delete(folder(generation).resolve(LabelQualityFile.NAME)); // first: it counts no more
    FileTree.delete(folder(generation));
  }

  /**
   * The labels of one generation.
   *
   * @param classes C
   * @param channels K of soft labels
   * @throws DataFormatException as {@link Labels#read}
   */
  public Labels labels(int generation, int classes, int channels) throws IOException {
    return Labels.read(folder(generation), classes, channels);
  }

  /**
   * How good the labels of one generation are.
   *
   * @throws DataFormatException as {@link LabelQualityFile#read}
   */
  public LabelQuality quality(int generation) throws IOException {
    return LabelQualityFile.read(folder(generation).resolve(LabelQualityFile.NAME));
  }

  /**
   * Whence the labels of one generation come.
   *
   * @throws DataFormatException KFMT-233 if the file does not say it, or speaks of another
   *     generation than its folder
   */
  public LabelOrigin origin(int generation) throws IOException {
    Path file = folder(generation).resolve(LabelQualityFile.NAME);
    return LabelQualityFile.readOrigin(file)
        .filter(origin -> origin.generation() == generation)
        .orElseThrow(
            () ->
                DataFormatException.of(
                    "KFMT-233", file, "expected to speak of generation " + generation));
  }
}
