// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.tensor.io.NpyArray;
import dev.kairos.tensor.io.Npz;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** NumPy's {@code .npz}: named arrays. */
final class NpzFormat implements FeatureFormat {
  @Override
  public Set<String> endings() {
    return Set.of(".npz");
  }

  @Override
  public List<ArrayInfo> list(Path file) throws IOException {
    return Npz.readHeaders(file).entrySet().stream()
        .map(e -> new ArrayInfo(e.getKey(), e.getValue().type(), e.getValue().shape()))
        .toList();
  }

  @Override
  public StoredArray read(Path file, ArrayInfo array) throws IOException {
    NpyArray content = Objects.requireNonNull(Npz.read(file).get(array.name()), "listed");
    return StoredArray.of(array.name(), content);
  }
}
