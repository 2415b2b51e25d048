// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.Npy;
import dev.kairos.tensor.io.NpyHeader;
import dev.kairos.tensor.pickle.Pickle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** NumPy's {@code .npy}; one of objects is read as the pickle that it holds. */
final class NpyFormat implements FeatureFormat {
  @Override
  public Set<String> endings() {
    return Set.of(".npy");
  }

  @Override
  public List<ArrayInfo> list(Path file) throws IOException {
    if (isObjects(file)) {
      return PickleFormat.list(Pickle.readNpy(file));
    }
    NpyHeader header = Npy.readHeader(file);
    return List.of(new ArrayInfo("", header.type(), header.shape()));
  }

  @Override
  public StoredArray read(Path file, ArrayInfo array) throws IOException {
    return isObjects(file)
        ? PickleFormat.read(Pickle.readNpy(file), array)
        : StoredArray.of("", Npy.read(file));
  }

  /**
   * Whether elements are Python objects; a file that is broken in other ways is not asked about.
   */
  static boolean isObjects(Path file) throws IOException {
    try {
      Npy.readObjectHeader(file);
      return true;
    } catch (DataFormatException e) {
      return false;
    }
  }
}
