// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.formats;

import dev.kairos.methods.data.ArrayInfo;
import dev.kairos.methods.data.FeatureFormat;
import dev.kairos.methods.data.StoredArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** HDF5 files: arrays in groups, named by their way such as {@code video_1/c3d_features}. */
public final class Hdf5Format implements FeatureFormat {
  /** For the service. */
  public Hdf5Format() {}

  @Override
  public Set<String> endings() {
    return Set.of(".h5", ".hdf5", ".hdf");
  }

  @Override
  public List<ArrayInfo> list(Path file) throws IOException {
    return Hdf5.list(file, false);
  }

  @Override
  public StoredArray read(Path file, ArrayInfo array) throws IOException {
    return Hdf5.read(file, array, false);
  }
}
