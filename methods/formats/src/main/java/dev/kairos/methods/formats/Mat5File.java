// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.formats;

import dev.kairos.methods.data.ArrayInfo;
import dev.kairos.methods.data.StoredArray;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.ElementType;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import us.hebi.matlab.mat.format.BufferAllocator;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.format.Mat5Reader;
import us.hebi.matlab.mat.types.Array;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Source;
import us.hebi.matlab.mat.types.Sources;
import us.hebi.matlab.mat.types.Struct;

/**
 * Arrays of numbers in MATLAB files of level 5, also in fields of structures such as {@code
 * data/feats}. Cells, sparse and complex arrays and objects are passed over.
 */
final class Mat5File {
  private static final int DEEPEST = 16;

  private final Map<String, Matrix> matrices = new LinkedHashMap<>();

  private Mat5File() {}

  /** What is done while the file is open: its matrices are gone afterwards. */
  private interface Work<T> {
    T on(Map<String, Matrix> matrices);
  }

  static List<ArrayInfo> list(Path file) throws IOException {
    return open(
        file,
        matrices ->
            matrices.entrySet().stream()
                .map(named -> info(named.getKey(), named.getValue()))
                .toList());
  }

  static StoredArray read(Path file, ArrayInfo array) throws IOException {
    return open(file, matrices -> values(file, array, matrices.get(array.name())));
  }

  private static StoredArray values(Path file, ArrayInfo array, @Nullable Matrix matrix) {
    if (matrix == null) {
      throw DataFormatException.of("KFMT-021", file, "changed while it was read");
    }
    Memory.require(file, array);
    float[] columns = new float[matrix.getNumElements()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] =
          matrix.getType() == MatlabType.UInt64
              ? unsigned(matrix.getLong(i))
              : (float) matrix.getDouble(i);
    }
    return StoredArray.adopt(array, Floats.fromColumns(columns, matrix.getDimensions()));
  }

  private static float unsigned(long bits) {
    return bits >= 0 ? bits : 2f * ((bits >>> 1) | (bits & 1)); // the bit kept rounds as if whole
  }

  private static <T> T open(Path file, Work<T> work) throws IOException {
    Mat5File content = new Mat5File();
    try (Source source = Sources.openFile(file.toFile());
        MatFile all = reader(file, source).readMat()) {
      for (MatFile.Entry entry : all.getEntries()) {
        content.add(entry.getName(), entry.getValue(), 0);
      }
      return work.on(content.matrices);
    } catch (DataFormatException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // the library tells damage by either
      String reason = e instanceof BufferUnderflowException ? "ends too early" : Hdf5.oneLine(e);
      String problem = "cannot be read as MATLAB: " + reason;
      throw DataFormatException.of("KFMT-021", file, problem, e);
    }
  }

  /** Objects of Java and MATLAB are never looked at. */
  private static Mat5Reader reader(Path path, Source source) {
    return Mat5.newReader(source)
        .disableSubsystemProcessing()
        .setBufferAllocator(new Bounded(path))
        .setEntryFilter(
            header ->
                switch (header.getType()) {
                  case Double, Single, Int8, UInt8, Int16, UInt16, Int32, UInt32, Int64, UInt64 ->
                      true;
                  case Structure -> true;
                  default -> false;
                });
  }

  private void add(String name, Array value, int depth) {
    if (value instanceof Matrix matrix && !matrix.isComplex()) {
      matrices.put(name, matrix);
    } else if (value instanceof Struct struct && struct.getNumElements() == 1 && depth < DEEPEST) {
      for (String field : struct.getFieldNames()) {
        add(name + "/" + field, struct.get(field), depth + 1);
      }
    }
  }

  private static ArrayInfo info(String name, Matrix matrix) {
    return ArrayInfo.of(name, type(matrix), matrix.getDimensions());
  }

  private static ElementType type(Matrix matrix) {
    if (matrix.isLogical()) {
      return ElementType.BOOL;
    }
    return switch (matrix.getType()) {
      case Single -> ElementType.F32;
      case Int8 -> ElementType.I8;
      case UInt8 -> ElementType.U8;
      case Int16 -> ElementType.I16;
      case UInt16 -> ElementType.U16;
      case Int32 -> ElementType.I32;
      case UInt32 -> ElementType.U32;
      case Int64 -> ElementType.I64;
      case UInt64 -> ElementType.U64;
      default -> ElementType.F64;
    };
  }

  /** Hands out memory as far as there is any: a packed file may announce any size. */
  private static final class Bounded implements BufferAllocator {
    private final Path file;
    private long left = Runtime.getRuntime().maxMemory() / 2;

    Bounded(Path file) {
      this.file = file;
    }

    @Override
    public ByteBuffer allocate(int bytes) {
      if (bytes < 0 || bytes > left) {
        throw DataFormatException.of(
            "KFMT-022",
            file,
            "would take more memory than half of what Java has",
            "start Java with more memory (-Xmx)");
      }
      left -= bytes;
      return ByteBuffer.allocate(bytes);
    }

    @Override
    public void release(ByteBuffer buffer) {
      left += buffer.capacity();
    }
  }
}
