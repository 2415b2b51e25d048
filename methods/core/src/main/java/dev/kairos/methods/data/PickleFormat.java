// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.tensor.pickle.NamedArrays;
import dev.kairos.tensor.pickle.Pickle;
import dev.kairos.tensor.pickle.PickleArray;
import dev.kairos.tensor.pickle.PickleValue;
import dev.kairos.tensor.torch.TorchFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Pickles of an array, or of a dict or list with arrays, read without running them. What PyTorch
 * saved often has such a name too.
 */
final class PickleFormat implements FeatureFormat {
  private static final TorchFormat TORCH = new TorchFormat();

  @Override
  public Set<String> endings() {
    return Set.of(".pkl", ".pickle");
  }

  @Override
  public List<ArrayInfo> list(Path file) throws IOException {
    return TorchFile.begins(file) ? TORCH.list(file) : list(Pickle.read(file));
  }

  @Override
  public StoredArray read(Path file, ArrayInfo array) throws IOException {
    return TorchFile.begins(file) ? TORCH.read(file, array) : read(Pickle.read(file), array);
  }

  static List<ArrayInfo> list(PickleValue content) {
    List<ArrayInfo> arrays = new ArrayList<>();
    NamedArrays.all(content)
        .forEach(
            (name, value) -> {
              PickleArray array = (PickleArray) value; // a pickle alone can hold no tensor
              arrays.add(ArrayInfo.of(name, array.plain().type(), array.shape()));
            });
    return arrays;
  }

  static StoredArray read(PickleValue content, ArrayInfo array) {
    PickleValue value =
        Objects.requireNonNull(NamedArrays.all(content).get(array.name()), "listed");
    return StoredArray.of(array.name(), ((PickleArray) value).plain());
  }
}
