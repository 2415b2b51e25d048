// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.files;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table of a TOML text, in the order of the text. Values are {@code String}, {@code Boolean},
 * {@code Long}, {@code BigInteger} beyond it, {@code Double}, a {@code Temporal}, a {@code List} of
 * such, or a table.
 */
public final class TomlTable {
  private final Map<String, Object> values;
  private final List<Object> path;
  private final TomlPlaces places;

  TomlTable(Map<String, Object> values, List<Object> path, TomlPlaces places) {
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    this.path = List.copyOf(path);
    this.places = places;
  }

  /** The keys, each a single one without dots of its own. */
  public Set<String> keys() {
    return values.keySet();
  }

  /** The value of a key; null if it is not there. */
  public @Nullable Object get(String key) {
    return values.get(key);
  }

  /**
   * Where a key stands.
   *
   * @param line from 1
   * @param column from 1
   */
  public record Place(int line, int column) {}

  /** Where a key of this table stands, if that can be told. */
  public Optional<Place> place(String key) {
    List<Object> whole = new ArrayList<>(path);
    whole.add(key);
    return places.of(whole);
  }
}
