// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.pickle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Values in a row: a list, a tuple or a set. */
public final class PickleItems implements PickleValue {
  private final Kind kind;
  private final List<PickleValue> items;

  /** Which of Python's kinds. */
  public enum Kind {
    /** {@code [..]}. */
    LIST,
    /** {@code (..)}. */
    TUPLE,
    /** {@code {..}}, in the order of the file; equal members are not looked for. */
    SET
  }

  /** Takes ownership of the items. */
  PickleItems(Kind kind, List<PickleValue> items) {
    this.kind = kind;
    this.items = items;
  }

  static PickleItems tuple(List<PickleValue> items) {
    return new PickleItems(Kind.TUPLE, items);
  }

  static PickleItems empty(Kind kind) {
    return new PickleItems(kind, new ArrayList<>());
  }

  /** Which kind it is. */
  public Kind kind() {
    return kind;
  }

  /** The values. */
  public List<PickleValue> items() {
    return Collections.unmodifiableList(items);
  }

  /** Only while the pickle is read. */
  void addAll(List<PickleValue> more) {
    items.addAll(more);
  }

  @Override
  public String describe() {
    return "a " + kind.name().toLowerCase(java.util.Locale.ROOT) + " of " + items.size();
  }
}
