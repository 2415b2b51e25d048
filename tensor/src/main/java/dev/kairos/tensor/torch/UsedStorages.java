// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.torch;

import dev.kairos.tensor.pickle.NamedArrays;
import dev.kairos.tensor.pickle.PickleTensor;
import dev.kairos.tensor.pickle.PickleValue;
import dev.kairos.tensor.pickle.PickleValue.Storage;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** The storages that the tensors of a value refer to. */
final class UsedStorages {
  private UsedStorages() {}

  static Collection<Storage> of(PickleValue content) {
    Set<Storage> used = new LinkedHashSet<>();
    for (PickleValue value : NamedArrays.all(content).values()) {
      if (value instanceof PickleTensor tensor) {
        used.add(tensor.storage());
      }
    }
    return used;
  }
}
