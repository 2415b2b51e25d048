// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.methods.files.Plural;
import dev.kairos.methods.files.UserFile;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.ElementType;
import dev.kairos.tensor.io.Npy;
import dev.kairos.tensor.io.NpyArray;
import dev.kairos.tensor.io.NpyFile;
import dev.kairos.tensor.io.NpyHeader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** An open {@code .npy} file of features, checked against the data set's description. */
public final class FeatureFile implements Closeable {
  /** Values looked at while they are in the cache. */
  private static final int BLOCK_VALUES = 1 << 16;

  /** Values that a disk reads in the time it takes to go elsewhere: a gap not worth leaving out. */
  private static final int GAP_VALUES = 1 << 14;

  private static final String MISSING = "every recording needs a file in every stream";

  private final Path file;
  private final NpyFile array;
  private final int length;
  private final int width;
  private final int block; // rows that are read at once

  private FeatureFile(Path file, NpyFile array, int length) {
    this.file = file;
    this.array = array;
    this.length = length;
    this.width = array.header().shape().get(1);
    this.block = Math.min(length, Math.max(1, BLOCK_VALUES / width));
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
    List<Integer> shape = Npy.readHeader(file).shape();
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
    UserFile.require(file, "KDATA-131", MISSING);
    NpyFile array = NpyFile.open(file);
    try {
      return new FeatureFile(file, array, checkedLength(file, stream, array.header()));
    } catch (RuntimeException e) {
      array.close();
      throw e;
    }
  }

  /** The number of snippets of a file, from the header alone. */
  static int length(Path file, FeatureStream stream) throws IOException {
    UserFile.require(file, "KDATA-131", MISSING);
    return checkedLength(file, stream, Npy.readHeader(file));
  }

  /** All values of a file, {@code [T, D]}. */
  static FeatureSequence read(Path file, FeatureStream stream) throws IOException {
    try (FeatureFile open = open(file, stream)) {
      return open.first(open.length());
    }
  }

  /** Number of snippets T. */
  int length() {
    return length;
  }

  /** Values per snippet D. */
  int width() {
    return width;
  }

  /** The first snippets. */
  FeatureSequence first(int count) throws IOException {
    float[] values = new float[Math.multiplyExact(count, width)];
    for (int row = 0; row < count; row += block) {
      int rows = Math.min(block, count - row);
      array.readFloats(row * width, rows * width, values, row * width);
      for (int r = row; r < row + rows; r++) {
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
      array.readFloats(first * width, (snippets[end - 1] - first + 1) * width, read, 0);
      for (; i < end; i++) {
        int from = (snippets[i] - first) * width;
        requireFinite(read, from, snippets[i]);
        System.arraycopy(read, from, to, at + i * stride, width);
      }
    }
  }

  /** The end of the stretch from place {@code begin} on that is read at once. */
  private int runEnd(int[] snippets, int begin) {
    int gap = Math.max(1, GAP_VALUES / width);
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
    array.close();
  }

  private static void requireFloating(Path file, ElementType type) {
    if (!type.isFloating()) {
      throw DataFormatException.of(
          "KDATA-132",
          file,
          "holds elements of type " + type + ", expected float16, float32 or float64",
          "convert it, for example with numpy's astype('float32')");
    }
  }

  private static int checkedLength(Path file, FeatureStream stream, NpyHeader header) {
    requireFloating(file, header.type());
    List<Integer> shape = header.shape();
    if (shape.size() != 2) {
      throw DataFormatException.of(
          "KDATA-132",
          file,
          "expected [T, " + stream.width() + "], found shape " + shape + meaning(stream, shape),
          rankHint(stream, shape));
    }
    if (shape.get(1) != stream.width()) {
      throw DataFormatException.of(
          "KDATA-132",
          file,
          "expected " + Plural.of(stream.width(), "column") + ", found " + shape.get(1),
          widthHint(stream, shape));
    }
    if (shape.get(0) < 1) {
      throw DataFormatException.of(
          "KDATA-132", file, "has no rows, expected at least one snippet", "compute it again");
    }
    return shape.get(0);
  }

  /** Crops of each snippet, [T, 10, D] or [10, T, D]: the axis they lie along, or -1. */
  private static int cropAxis(FeatureStream stream, List<Integer> shape) {
    if (shape.size() != 3 || shape.get(2) != stream.width()) {
      return -1;
    }
    return isCrops(shape.get(1)) ? 1 : isCrops(shape.get(0)) ? 0 : -1;
  }

  private static boolean isCrops(int length) {
    return length == 10 || length == 5 || length == 3;
  }

  private static String meaning(FeatureStream stream, List<Integer> shape) {
    int axis = cropAxis(stream, shape);
    if (axis < 0) {
      return "";
    }
    String number = shape.get(axis) == 10 ? "ten" : String.valueOf(shape.get(axis));
    return ", which looks like " + number + " crops of every snippet";
  }

  private static String rankHint(FeatureStream stream, List<Integer> shape) {
    int axis = cropAxis(stream, shape);
    if (axis >= 0) {
      String one = axis == 1 ? "array[:, 0]" : "array[0]";
      return "average the crops or keep one of them: array.mean(axis=" + axis + ") or " + one;
    }
    List<Integer> longer = shape.stream().filter(length -> length != 1).toList();
    return longer.size() == 2 && longer.get(1) == stream.width()
        ? "leave out the axes of length 1: array.squeeze()"
        : "save an array with a row for every snippet";
  }

  private static String widthHint(FeatureStream stream, List<Integer> shape) {
    if (shape.get(0) == stream.width()) {
      return "the array looks transposed: rows are snippets, columns are features";
    }
    return "correct the width of stream '"
        + stream.name()
        + "' in "
        + DatasetDescription.FILE_NAME
        + ", or bring the features of that width";
  }

  static void write(Path file, FeatureSequence features) throws IOException {
    Npy.write(file, NpyArray.ofFloats(features.values(), features.length(), features.width()));
  }
}
