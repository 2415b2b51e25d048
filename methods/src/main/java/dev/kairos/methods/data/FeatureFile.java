// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.ElementType;
import dev.kairos.tensor.io.Npy;
import dev.kairos.tensor.io.NpyArray;
import dev.kairos.tensor.io.NpyHeader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One {@code .npy} file of features, held to what the data set's description promises. */
public final class FeatureFile {
  private FeatureFile() {}

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
    List<FeatureSequence> read = new ArrayList<>();
    Map<Path, Integer> lengths = new LinkedHashMap<>();
    for (int i = 0; i < files.size(); i++) {
      read.add(read(files.get(i), streams.get(i)));
      lengths.put(files.get(i), read.get(i).length());
    }
    int length = Dataset.commonLength(lengths);
    return FeatureSequence.concat(read.stream().map(stream -> stream.first(length)).toList());
  }

  private static FeatureSequence readJoint(Path file, List<FeatureStream> streams)
      throws IOException {
    int total = streams.stream().mapToInt(FeatureStream::width).sum();
    TextFile.requireFile(file, "KDATA-131", "name a file of features");
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
   * The number of snippets, from the header alone.
   *
   * @param stream what the file should hold
   */
  static int length(Path file, FeatureStream stream) throws IOException {
    TextFile.requireFile(file, "KDATA-131", "every recording needs a file in every stream");
    NpyHeader header = Npy.readHeader(file);
    requireFloating(file, header.type());
    return checkedLength(file, stream, header.shape());
  }

  /** All values {@code [T, D]}. */
  static FeatureSequence read(Path file, FeatureStream stream) throws IOException {
    TextFile.requireFile(file, "KDATA-131", "every recording needs a file in every stream");
    NpyArray array = Npy.read(file);
    requireFloating(file, array.type());
    List<Integer> shape = Arrays.stream(array.shape()).boxed().toList();
    int length = checkedLength(file, stream, shape);
    try {
      return FeatureSequence.adopt(length, stream.width(), array.toFloats());
    } catch (IllegalArgumentException e) {
      throw DataFormatException.of("KDATA-133", file, String.valueOf(e.getMessage()), e);
    }
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

  private static int checkedLength(Path file, FeatureStream stream, List<Integer> shape) {
    if (shape.size() != 2) {
      throw DataFormatException.of(
          "KDATA-132", file, "expected [T, " + stream.width() + "], found shape " + shape);
    }
    if (shape.get(1) != stream.width()) {
      throw DataFormatException.of(
          "KDATA-132",
          file,
          "expected " + stream.width() + " columns, found " + shape.get(1),
          widthHint(stream, shape));
    }
    if (shape.get(0) < 1) {
      throw DataFormatException.of(
          "KDATA-132", file, "has no rows, expected at least one snippet", "compute it again");
    }
    return shape.get(0);
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
