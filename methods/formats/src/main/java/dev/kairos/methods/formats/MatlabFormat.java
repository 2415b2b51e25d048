// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.formats;

import dev.kairos.methods.data.ArrayInfo;
import dev.kairos.methods.data.FeatureFormat;
import dev.kairos.methods.data.StoredArray;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** MATLAB files of level 5, and of version 7.3, which are HDF5. */
public final class MatlabFormat implements FeatureFormat {
  private static final int HEADER_BYTES = 128;

  /** For the service. */
  public MatlabFormat() {}

  @Override
  public Set<String> endings() {
    return Set.of(".mat");
  }

  @Override
  public List<ArrayInfo> list(Path file) throws IOException {
    return isHdf5(file) ? Hdf5.list(file, true) : Mat5File.list(file);
  }

  @Override
  public StoredArray read(Path file, ArrayInfo array) throws IOException {
    return isHdf5(file) ? Hdf5.read(file, array, true) : Mat5File.read(file, array);
  }

  private static boolean isHdf5(Path file) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(HEADER_BYTES);
    }
    String text = new String(head, StandardCharsets.ISO_8859_1);
    if (text.startsWith("MATLAB 7.3") || text.startsWith("\u0089HDF")) {
      return true;
    }
    if (text.startsWith("MATLAB 5.0") && head.length == HEADER_BYTES) {
      return false;
    }
    throw DataFormatException.of(
        "KFMT-021",
        file,
        "is not a MATLAB file of level 5 or version 7.3",
        "save it again with save(file, '-v7'), or as an array of NumPy");
  }
}
