// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.formats;

import dev.kairos.methods.data.ArrayInfo;
import dev.kairos.methods.data.StoredArray;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.ElementType;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Arrays of numbers in HDF5 files. Links are not followed: they may lead out of the file. What the
 * library throws, also for damage that it does not look for, is a {@link DataFormatException} here.
 */
final class Hdf5 {
  private static final int DEEPEST = 16;
  private static final int MOST_NODES = 100_000;

  private final Path file;
  private final boolean matlab;
  private final Map<String, Dataset> datasets = new LinkedHashMap<>();
  private int nodes;

  private Hdf5(Path file, boolean matlab) {
    this.file = file;
    this.matlab = matlab;
  }

  private interface Work<T> {
    T on(Hdf5 content);
  }

  /**
   * The arrays of a file.
   *
   * @param matlab whether MATLAB wrote it, which has the axes the other way round
   */
  static List<ArrayInfo> list(Path file, boolean matlab) throws IOException {
    return open(
        file,
        matlab,
        content ->
            content.datasets.entrySet().stream()
                .map(named -> content.info(named.getKey(), named.getValue()))
                .toList());
  }

  static StoredArray read(Path file, ArrayInfo array, boolean matlab) throws IOException {
    return open(file, matlab, content -> content.values(array));
  }

  private static <T> T open(Path file, boolean matlab, Work<T> work) throws IOException {
    try (HdfFile hdf = new HdfFile(file)) {
      Hdf5 content = new Hdf5(file, matlab);
      content.walk(hdf, "", 0);
      return work.on(content);
    } catch (DataFormatException e) {
      throw e;
    } catch (OutOfMemoryError e) { // the library takes at once what a damaged file announces
      throw DataFormatException.of(
          "KFMT-022", file, "asks for more memory than there is: it is damaged, or very large", e);
    } catch (LinkageError e) { // a compression whose library is left out
      throw bad(file, "needs a library that is not there: " + oneLine(e), e);
    } catch (RuntimeException e) {
      throw bad(file, "cannot be read as HDF5: " + oneLine(e), e);
    }
  }

  private static DataFormatException bad(Path file, String problem, Throwable cause) {
    return DataFormatException.of("KFMT-020", file, problem, cause);
  }

  static String oneLine(Throwable e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    String line = message.replaceAll("\\p{Cntrl}+", " ");
    return line.length() > 200 ? line.substring(0, 200) + ".." : line;
  }

  private void walk(Group group, String way, int depth) {
    if (depth > DEEPEST) {
      throw DataFormatException.of("KFMT-020", file, "has groups more than 16 deep");
    }
    for (Node node : group) {
      String name = way + node.getName();
      if (++nodes > MOST_NODES) {
        throw DataFormatException.of("KFMT-020", file, "has more than 100 000 groups and arrays");
      }
      if (node.isLink() || (matlab && depth == 0 && name.startsWith("#"))) {
        continue; // MATLAB keeps its own things under #
      }
      if (node instanceof Group inner) {
        walk(inner, name + "/", depth + 1);
      } else if (node instanceof Dataset dataset && isNumbers(dataset)) {
        datasets.put(name, dataset);
      }
    }
  }

  private static boolean isNumbers(Dataset dataset) {
    DataType type = dataset.getDataType();
    boolean known =
        type instanceof FixedPoint
            || (type instanceof FloatingPoint && type.getSize() >= 2 && type.getSize() <= 8);
    return known && !dataset.isVariableLength() && !dataset.isCompound();
  }

  private ArrayInfo info(String name, Dataset dataset) {
    List<Integer> shape = new ArrayList<>();
    for (long length : dataset.getDimensionsAsLong()) {
      if (length > Integer.MAX_VALUE) {
        throw DataFormatException.of(
            "KFMT-022", file, "'" + name + "' has an axis of " + length + ", expected less");
      }
      shape.add((int) length);
    }
    if (matlab) {
      Collections.reverse(shape);
    }
    return new ArrayInfo(name, type(dataset), shape);
  }

  private static ElementType type(Dataset dataset) {
    DataType type = dataset.getDataType();
    int bytes = type.getSize();
    if (type instanceof FloatingPoint) {
      return bytes == 2 ? ElementType.F16 : bytes == 4 ? ElementType.F32 : ElementType.F64;
    }
    Attribute kind = dataset.getAttribute("MATLAB_class");
    if (kind != null && "logical".equals(kind.getData())) {
      return ElementType.BOOL;
    }
    boolean signed = ((FixedPoint) type).isSigned();
    return switch (bytes) {
      case 1 -> signed ? ElementType.I8 : ElementType.U8;
      case 2 -> signed ? ElementType.I16 : ElementType.U16;
      case 4 -> signed ? ElementType.I32 : ElementType.U32;
      default -> signed ? ElementType.I64 : ElementType.U64;
    };
  }

  private StoredArray values(ArrayInfo array) {
    Dataset dataset = datasets.get(array.name());
    if (dataset == null) {
      throw DataFormatException.of("KFMT-020", file, "changed while it was read");
    }
    Memory.require(file, array);
    float[] values = dataset.getSize() == 0 ? new float[0] : Floats.of(dataset.getDataFlat());
    int[] shape = array.shape().stream().mapToInt(Integer::intValue).toArray();
    return StoredArray.adopt(array, matlab ? Floats.fromColumns(values, shape) : values);
  }
}
