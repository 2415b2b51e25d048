// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.methods.files.FileNames;
import dev.kairos.methods.files.UserFile;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.Npy;
import dev.kairos.tensor.io.NpyArray;
import dev.kairos.tensor.io.NpyFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** An open file of features, checked against the data set's description. */
public final class FeatureFile implements Closeable {
  /** Values that a disk reads in the time it takes to go elsewhere: a gap not worth leaving out. */
  private static final int GAP_VALUES = 1 << 14;

  private static final String MISSING = "every recording needs a file in every stream";

  private final Path file;
  private final FeatureRows rows;
  private final int width;
  private final int block; // rows that are read at once

  private FeatureFile(Path file, FeatureRows rows) {
    this.file = file;
    this.rows = rows;
    this.width = rows.width();
    this.block = rows.block();
  }

  /**
   * Early fusion of the streams of one recording that lies in files of any name; lengths that
   * differ by at most {@value Dataset#MAX_LENGTH_DIFFERENCE} snippets are cut to the shortest.
   *
   * @param files a file for each stream, in their order, or a single one that holds all of them
   *     side by side
   * @param streams what the files should hold
   * @return {@code [T, sum of D]}
   * @throws dev.kairos.tensor.io.DataFormatException if a file is missing, misshapen, or holds NaN
   *     or infinity
   * @throws IllegalArgumentException if the number of files fits neither
   */
  public static FeatureSequence join(List<Path> files, List<FeatureStream> streams)
      throws IOException {
    if (files.size() == 1 && streams.size() > 1) {
      return readJoint(files.get(0), streams);
    }
    if (files.size() != streams.size()) {
      throw new IllegalArgumentException(
          "expected a file for each of %d streams, or one for all: found %d"
              .formatted(streams.size(), files.size()));
    }
    try (FeatureFiles open = FeatureFiles.open(files, streams)) {
      return open.all();
    }
  }

  private static FeatureSequence readJoint(Path file, List<FeatureStream> streams)
      throws IOException {
    int total = streams.stream().mapToInt(FeatureStream::width).sum();
    UserFile.require(file, "KDATA-131", "name a file of features");
    List<Integer> shape = FeatureFormats.info(file, "").shape();
    if (shape.size() == 2 && shape.get(1) != total) {
      throw DataFormatException.of(
          "KDATA-132",
          file,
          "expected %d columns, all %d streams side by side, found %d"
              .formatted(total, streams.size(), shape.get(1)),
          "give a file for each stream, separated by commas");
    }
    return read(file, new FeatureStream("joint", total));
  }

  /**
   * Opens a file and checks its header.
   *
   * @param stream what the file should hold
   */
  static FeatureFile open(Path file, FeatureStream stream) throws IOException {
    return open(file, stream, FeatureLayout.PLAIN, "");
  }

  /**
   * Opens a file that holds features in another layout. A {@code .npy} of numbers is read in
   * stretches as rows are asked for, unless it is transposed; other files are read as a whole.
   *
   * @param stream what is to come out
   * @param layout how the array becomes that
   * @param key which array of the file; empty for the only one, or the one with a usual name
   * @throws DataFormatException if the file is missing, breaks its format, or holds no such array
   */
  static FeatureFile open(Path file, FeatureStream stream, FeatureLayout layout, String key)
      throws IOException {
    UserFile.require(file, "KDATA-131", MISSING);
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(FileNames.NPY) && key.isEmpty()
        ? openNpy(file, stream, layout)
        : openOther(file, stream, layout, key);
  }

  private static FeatureFile openNpy(Path file, FeatureStream stream, FeatureLayout layout)
      throws IOException {
    NpyFile array;
    try {
      array = NpyFile.open(file);
    } catch (DataFormatException e) {
      if (NpyFormat.isObjects(file)) {
        return openOther(file, stream, layout, "");
      }
      throw e;
    }
    try {
      ArrayInfo info = new ArrayInfo("", array.header().type(), array.header().shape());
      FeatureView view = FeatureView.of(file, stream, layout, info);
      return new FeatureFile(file, new FeatureRows(ValueSource.of(array), view));
    } catch (RuntimeException e) {
      array.close();
      throw e;
    }
  }

  private static FeatureFile openOther(
      Path file, FeatureStream stream, FeatureLayout layout, String key) throws IOException {
    // first, so that values of a wrong shape are not read
    FeatureView view = FeatureView.of(file, stream, layout, FeatureFormats.info(file, key));
    StoredArray array = FeatureFormats.read(file, key);
    return new FeatureFile(file, new FeatureRows(ValueSource.of(array.shared()), view));
  }

  /**
   * The number of snippets of a file, from the header alone.
   *
   * @param place how the file is read
   */
  public static int length(Path file, FeatureStream stream, FeaturePlace place) throws IOException {
    return length(file, stream, place.layout(), place.key());
  }

  /** The number of snippets of a file, from the header alone. */
  static int length(Path file, FeatureStream stream) throws IOException {
    return length(file, stream, FeatureLayout.PLAIN, "");
  }

  /** The same for a file in another layout. */
  static int length(Path file, FeatureStream stream, FeatureLayout layout, String key)
      throws IOException {
    UserFile.require(file, "KDATA-131", MISSING);
    return FeatureView.of(file, stream, layout, FeatureFormats.info(file, key)).length();
  }

  /** All values of a file, {@code [T, D]}. */
  static FeatureSequence read(Path file, FeatureStream stream) throws IOException {
    return read(file, stream, FeatureLayout.PLAIN, "");
  }

  /** The same of a file in another layout. */
  static FeatureSequence read(Path file, FeatureStream stream, FeatureLayout layout, String key)
      throws IOException {
    try (FeatureFile open = open(file, stream, layout, key)) {
      return open.first(open.length());
    }
  }

  /** Number of snippets T. */
  int length() {
    return rows.length();
  }

  /** Values per snippet D. */
  int width() {
    return width;
  }

  /** The first snippets. */
  FeatureSequence first(int count) throws IOException {
    float[] values = new float[Math.multiplyExact(count, width)];
    for (int row = 0; row < count; row += block) {
      int n = Math.min(block, count - row);
      rows.read(row, n, values, row * width);
      for (int r = row; r < row + n; r++) {
        requireFinite(values, r * width, r);
      }
    }
    return FeatureSequence.ofFinite(count, width, values);
  }

  /**
   * Copies the rows of some snippets, and reads no more than those and short gaps between them.
   *
   * @param snippets fastest where they run forwards
   * @param to changed from {@code at} on
   * @param at place of the first value of the first row
   * @param stride values from the beginning of a row to that of the next one in {@code to}
   */
  void copyRows(int[] snippets, float[] to, int at, int stride) throws IOException {
    float[] read = new float[block * width];
    for (int i = 0; i < snippets.length; ) {
      int end = runEnd(snippets, i);
      int first = snippets[i];
      rows.read(first, snippets[end - 1] - first + 1, read, 0);
      for (; i < end; i++) {
        int from = (snippets[i] - first) * width;
        requireFinite(read, from, snippets[i]);
        System.arraycopy(read, from, to, at + i * stride, width);
      }
    }
  }

  /** The end of the stretch from place {@code begin} on that is read at once. */
  private int runEnd(int[] snippets, int begin) {
    int gap = Math.max(1, GAP_VALUES / rows.cost());
    int end = begin + 1;
    while (end < snippets.length
        && snippets[end] >= snippets[end - 1]
        && snippets[end] - snippets[end - 1] <= gap
        && snippets[end] - snippets[begin] < block) {
      end++;
    }
    return end;
  }

  private void requireFinite(float[] values, int from, int row) {
    for (int i = from; i < from + width; i++) {
      if (!Float.isFinite(values[i])) {
        throw DataFormatException.of(
            "KDATA-133", file, FeatureSequence.notFinite(row, i - from, values[i]));
      }
    }
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }

  static void write(Path file, FeatureSequence features) throws IOException {
    Npy.write(file, NpyArray.ofFloats(features.values(), features.length(), features.width()));
  }
}
