// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.io;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The content of a safetensors file: named tensors in the order of their bytes, and texts. */
public final class SafetensorsFile {
  private final Map<String, NpyArray> tensors;
  private final Map<String, String> metadata;

  SafetensorsFile(Map<String, NpyArray> tensors, Map<String, String> metadata) {
    this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    this.metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /** All tensors by name. The map cannot be changed. */
  public Map<String, NpyArray> tensors() {
    return tensors;
  }

  /**
   * One tensor.
   *
   * @throws IllegalArgumentException if the file has none of that name
   */
  public NpyArray tensor(String name) {
    NpyArray tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "safetensors: no tensor " + ByteSource.quote(name) + " among " + tensors.size());
    }
    return tensor;
  }

  /** The texts under {@code __metadata__}, empty when there are none. The map cannot be changed. */
  public Map<String, String> metadata() {
    return metadata;
  }
}
