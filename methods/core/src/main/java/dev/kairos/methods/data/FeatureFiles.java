// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The feature files of one recording, open: a file for each stream, side by side along the columns
 * and cut to the length that all of them have.
 */
final class FeatureFiles implements Closeable {
  private final List<FeatureFile> files = new ArrayList<>();
  private int length;
  private int width;

  private FeatureFiles() {}

  /**
   * Opens the files and checks their headers.
   *
   * @param paths a file for each stream, in their order
   * @throws dev.kairos.tensor.io.DataFormatException if one is missing or misshapen, or they differ
   *     in length by more than {@value Dataset#MAX_LENGTH_DIFFERENCE}
   */
  static FeatureFiles open(List<Path> paths, List<FeatureStream> streams) throws IOException {
    return open(paths, streams, streams.stream().map(s -> FeaturePlace.usual(s.name())).toList());
  }

  /**
   * The same of files in other layouts.
   *
   * @param places how the files of each stream are read
   */
  static FeatureFiles open(List<Path> paths, List<FeatureStream> streams, List<FeaturePlace> places)
      throws IOException {
    FeatureFiles all = new FeatureFiles();
    try {
      Map<Path, Integer> lengths = new LinkedHashMap<>();
      for (int i = 0; i < paths.size(); i++) {
        FeaturePlace place = places.get(i);
        FeatureFile file =
            FeatureFile.open(paths.get(i), streams.get(i), place.layout(), place.key());
        all.files.add(file);
        all.width = Math.addExact(all.width, file.width());
        lengths.put(paths.get(i), file.length());
      }
      all.length = Dataset.commonLength(lengths);
      return all;
    } catch (IOException | RuntimeException e) {
      all.close();
      throw e;
    }
  }

  /** Snippets T that all streams have. */
  int length() {
    return length;
  }

  /** All values, {@code [T, sum of D]}. */
  FeatureSequence all() throws IOException {
    if (files.size() == 1) {
      return files.get(0).first(length);
    }
    float[] values = new float[Math.multiplyExact(length, width)];
    copyRows(IntStream.range(0, length).toArray(), values, 0);
    return FeatureSequence.ofFinite(length, width, values);
  }

  /**
   * Copies the rows of some snippets, one after the other, and reads little else.
   *
   * @param snippets below T
   * @param to changed from {@code at} on
   */
  void copyRows(int[] snippets, float[] to, int at) throws IOException {
    int column = 0;
    for (FeatureFile file : files) {
      file.copyRows(snippets, to, at + column, width);
      column += file.width();
    }
  }

  @Override
  public void close() throws IOException {
    for (FeatureFile file : files) {
      file.close();
    }
  }
}
