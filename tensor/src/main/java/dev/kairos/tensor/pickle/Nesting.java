// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.pickle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;

/**
 * What those who walk through a value rely on: nothing contains itself, nothing is deep, and shared
 * parts counted each time they occur, there are not too many of them. A few lines of pickle make a
 * list of a list of .. of ten each, a million million in all.
 */
final class Nesting {
  private static final int DEEPEST = 64;
  private static final long MOST_VALUES = 1L << 26;

  private final PickleInput in;
  private final IdentityHashMap<PickleValue, Extent> known = new IdentityHashMap<>();
  private final Deque<Visit> path = new ArrayDeque<>();

  private Nesting(PickleInput in) {
    this.in = in;
  }

  /** Of a finished value: how deep, and how many values it holds. */
  private record Extent(int depth, long values) {
    static final Extent OPEN = new Extent(0, 0);
    static final Extent PLAIN = new Extent(0, 1);

    boolean isOpen() {
      return values == 0;
    }
  }

  private static final class Visit {
    final PickleValue value;
    final Iterator<PickleValue> parts;
    int depth;
    long values = 1;

    Visit(PickleValue value, Iterator<PickleValue> parts) {
      this.value = value;
      this.parts = parts;
    }

    void add(Extent part) {
      depth = Math.max(depth, part.depth() + 1);
      values += part.values();
    }
  }

  /** Refuses a value that contains itself, is too deep, or unfolds to too many. */
  static void check(PickleValue root, PickleInput in) {
    new Nesting(in).walk(root);
  }

  private void walk(PickleValue root) {
    enter(root);
    while (!path.isEmpty()) {
      Visit visit = path.getLast();
      if (!visit.parts.hasNext()) {
        leave(path.removeLast());
        continue;
      }
      PickleValue part = visit.parts.next();
      Extent extent = isPlain(part) ? Extent.PLAIN : known.get(part);
      if (extent == null) {
        enter(part);
      } else if (extent.isOpen()) {
        throw in.refused("holds " + part.describe() + " that contains itself");
      } else {
        add(visit, extent);
      }
    }
  }

  private void enter(PickleValue value) {
    requireFilled(value);
    if (path.size() >= DEEPEST) {
      throw tooDeep();
    }
    in.take(2 * Budget.VALUE_BYTES);
    known.put(value, Extent.OPEN);
    path.addLast(new Visit(value, parts(value)));
  }

  private void leave(Visit visit) {
    Extent extent = new Extent(visit.depth, visit.values);
    known.put(visit.value, extent);
    if (!path.isEmpty()) {
      add(path.getLast(), extent);
    }
  }

  private void add(Visit visit, Extent part) {
    visit.add(part);
    if (visit.values > MOST_VALUES) {
      throw in.error("KFMT-013", "pickle unfolds to more than " + MOST_VALUES + " values");
    }
    if (visit.depth + path.size() > DEEPEST) {
      throw tooDeep();
    }
  }

  private RuntimeException tooDeep() {
    return in.error("KFMT-013", "pickle nests values more than " + DEEPEST + " deep");
  }

  private void requireFilled(PickleValue value) {
    if (value instanceof PickleArray array && !array.isFilled()) {
      throw in.broken("an array without content");
    }
  }

  private static boolean isPlain(PickleValue value) {
    return !(value instanceof PickleItems
        || value instanceof PickleDict
        || value instanceof PickleArray);
  }

  private static Iterator<PickleValue> parts(PickleValue value) {
    if (value instanceof PickleItems list) {
      return list.items().iterator();
    }
    if (value instanceof PickleArray array && array.isObjects()) {
      return array.objects().iterator();
    }
    if (value instanceof PickleDict dict) {
      List<PickleValue> both = new ArrayList<>(2 * dict.size());
      for (PickleDict.Entry entry : dict.entries()) {
        both.add(entry.key());
        both.add(entry.value());
      }
      return both.iterator();
    }
    return Collections.emptyIterator();
  }
}
