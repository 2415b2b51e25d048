// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.tensor.torch.TorchFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Tensors that PyTorch saved, alone or in dicts and lists. */
final class TorchFormat implements FeatureFormat {
  @Override
  public Set<String> endings() {
    return Set.of(".pt", ".pth");
  }

  @Override
  public List<ArrayInfo> list(Path file) throws IOException {
    return TorchFile.open(file).arrays().entrySet().stream()
        .map(e -> new ArrayInfo(e.getKey(), e.getValue().type(), e.getValue().shape()))
        .toList();
  }

  @Override
  public StoredArray read(Path file, ArrayInfo array) throws IOException {
    return StoredArray.of(array.name(), TorchFile.open(file).read(array.name()));
  }
}
