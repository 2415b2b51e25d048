// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.pickle;

import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.Npy;
import dev.kairos.tensor.io.ObjectHeader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Pickles of Python that hold numbers, texts, lists, dicts and NumPy arrays. Nothing that a file
 * names is loaded, made or called: what the reader does not know by itself it refuses by name.
 */
public final class Pickle {
  private static final int BUFFER_BYTES = 1 << 16;

  private Pickle() {}

  /**
   * Reads the one value of a file.
   *
   * @throws DataFormatException if there is no such file, it is no pickle, it asks for a name that
   *     is not on the list, or would take more than half of the memory
   */
  public static PickleValue read(Path file) throws IOException {
    return read(file, 0);
  }

  /**
   * Reads a {@code .npy} file of Python objects, for example a dictionary or lists of differing
   * length; {@link Npy#read} refuses those. Files of numbers it reads as {@link Npy#read} does.
   *
   * @throws DataFormatException as {@link #read}
   */
  public static PickleArray readNpy(Path file) throws IOException {
    if (!isObjects(file)) {
      return new PickleArray(Npy.read(file));
    }
    ObjectHeader header = Npy.readObjectHeader(file);
    PickleValue value = read(file, header.dataOffset());
    int[] shape = header.shape().stream().mapToInt(Integer::intValue).toArray();
    if (value instanceof PickleArray array && Arrays.equals(shape, array.shape())) {
      return array;
    }
    throw DataFormatException.of(
        "KFMT-011",
        file,
        "holds " + value.describe() + ", expected an array of objects " + header.shape());
  }

  /** Whether the elements of a {@code .npy} file are Python objects. */
  private static boolean isObjects(Path file) throws IOException {
    try {
      Npy.readObjectHeader(file);
      return true;
    } catch (DataFormatException e) {
      if (e.code().equals("KFMT-003")) {
        return false; // of another type
      }
      throw e;
    }
  }

  private static PickleValue read(Path file, long offset) throws IOException {
    requireRegular(file);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
      in.skipNBytes(offset);
      long size = Files.size(file) - offset;
      PickleReader reader = new PickleReader(file, "", in, size, false);
      PickleValue value = reader.next();
      if (reader.position() < size) {
        throw DataFormatException.of(
            "KFMT-004",
            file,
            "%d bytes follow the pickle of %d".formatted(size - reader.position(), size));
      }
      return value;
    }
  }

  private static void requireRegular(Path file) {
    if (!Files.isRegularFile(file)) {
      String problem =
          Files.isDirectory(file)
              ? "is a folder, expected a file"
              : Files.exists(file) ? "is not a regular file" : "not found";
      throw DataFormatException.of("KFMT-001", file, problem);
    }
  }
}
