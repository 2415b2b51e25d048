// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.pickle;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A dictionary in the order of the file; also Python's {@code OrderedDict}, and the attributes of a
 * {@code Namespace}. Of equal texts or integers as keys the last one counts.
 */
public final class PickleDict implements PickleValue {
  private final boolean named;
  private final Map<Object, Entry> entries = new LinkedHashMap<>();

  /**
   * A key with its value.
   *
   * @param key of any kind
   * @param value of any kind
   */
  public record Entry(PickleValue key, PickleValue value) {}

  /**
   * An empty one.
   *
   * @param named whether it is of a class that may have attributes beside its entries
   */
  PickleDict(boolean named) {
    this.named = named;
  }

  /** All entries in order. */
  public Collection<Entry> entries() {
    return Collections.unmodifiableCollection(entries.values());
  }

  /** How many entries. */
  public int size() {
    return entries.size();
  }

  /** The value under a text, null where there is none. */
  public @Nullable PickleValue get(String key) {
    Entry entry = entries.get(key);
    return entry == null ? null : entry.value();
  }

  boolean isNamed() {
    return named;
  }

  /** Only while the pickle is read. */
  void put(PickleValue key, PickleValue value) {
    entries.put(identity(key), new Entry(key, value));
  }

  /** Texts as strings: a map stays quick even with many of one hash when keys have an order. */
  private static Object identity(PickleValue key) {
    return key instanceof Text text ? text.value() : key instanceof Int n ? n.value() : key;
  }

  @Override
  public String describe() {
    return "a dict of " + entries.size();
  }
}
