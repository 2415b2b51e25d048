// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.io;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The header of a safetensors file, its tensors in the order of the file.
 *
 * @param tensors what each tensor is and where it lies
 * @param metadata free texts under {@code __metadata__}, empty when there are none
 * @param dataOffset bytes of the file before the first tensor
 */
public record SafetensorsHeader(
    Map<String, Entry> tensors, Map<String, String> metadata, long dataOffset) {
  /** Copies both maps and keeps their order. */
  public SafetensorsHeader {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /** The tensors in the order of their bytes. */
  List<Map.Entry<String, Entry>> byPlace() {
    return tensors.entrySet().stream()
        .sorted(
            Map.Entry.comparingByValue(
                Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end)))
        .toList();
  }

  /**
   * One tensor: its bytes are {@code [begin, end)}, counted from {@link #dataOffset}.
   *
   * @param dtype the type as the file names it
   * @param type what an element is, null for a type that is listed but not read
   * @param shape lengths of the axes, empty for a single value
   * @param begin first byte
   * @param end byte after the last
   */
  public record Entry(
      String dtype, @Nullable ElementType type, List<Integer> shape, long begin, long end) {
    /** Copies the shape. */
    public Entry {
      shape = List.copyOf(shape);
    }
  }
}
