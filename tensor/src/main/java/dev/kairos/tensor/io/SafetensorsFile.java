// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.io;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The content of a safetensors file: named tensors in the order of their bytes, and texts. */
public final class SafetensorsFile {
  private final Path file;
  private final Map<String, NpyArray> tensors;
  private final Map<String, String> unread;
  private final Map<String, String> metadata;

  SafetensorsFile(
      Path file,
      Map<String, NpyArray> tensors,
      Map<String, String> unread,
      Map<String, String> metadata) {
    this.file = file;
    this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    this.unread = Collections.unmodifiableMap(new LinkedHashMap<>(unread));
    this.metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /** All tensors by name, less those of {@link #unread}. The map cannot be changed. */
  public Map<String, NpyArray> tensors() {
    return tensors;
  }

  /**
   * Tensors of a type that is not read, such as F8_E4M3, by name with their type. The map cannot be
   * changed.
   */
  public Map<String, String> unread() {
    return unread;
  }

  /**
   * One tensor.
   *
   * @throws DataFormatException if it is of a type that is not read
   * @throws IllegalArgumentException if the file has none of that name
   */
  public NpyArray tensor(String name) {
    NpyArray tensor = tensors.get(name);
    String dtype = unread.get(name);
    if (dtype != null) {
      throw DataFormatException.of(
          "KFMT-003",
          file,
          ("tensor " + ByteSource.quote(name) + " is of " + dtype)
              + ", expected F16, BF16, F32, F64, an integer or BOOL",
          "convert it where it was written, for example to F32");
    }
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
