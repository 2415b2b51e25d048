// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.pickle;

import dev.kairos.tensor.io.ElementType;
import dev.kairos.tensor.pickle.PickleValue.Int;
import dev.kairos.tensor.pickle.PickleValue.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tensors and arrays of numbers within a value, by the way that leads to them: keys and places with
 * dots between. A value that is one itself has the name {@code ""}; a 0-d array of objects is what
 * it holds.
 */
public final class NamedArrays {
  private final Map<String, PickleValue> found = new LinkedHashMap<>();

  private NamedArrays() {}

  /** {@link PickleTensor}s and {@link PickleArray}s, in the order of the file. */
  public static Map<String, PickleValue> all(PickleValue root) {
    NamedArrays names = new NamedArrays();
    names.walk("", root);
    return names.found;
  }

  /** Whether a value is a tensor or an array of numbers. */
  private static boolean isNumbers(PickleValue value) {
    return value instanceof PickleTensor
        || (value instanceof PickleArray array
            && !array.isObjects()
            && array.plain().type() != ElementType.STRING);
  }

  /** No deeper than the reader allows. */
  private void walk(String name, PickleValue value) {
    if (isNumbers(value)) {
      found.put(name, value);
    } else if (value instanceof PickleItems list) {
      walkAll(name, list.items());
    } else if (value instanceof PickleArray array && array.isObjects()) {
      if (array.shape().length == 0) {
        walk(name, array.objects().get(0));
      } else {
        walkAll(name, array.objects());
      }
    } else if (value instanceof PickleDict dict) {
      int i = 0;
      for (PickleDict.Entry entry : dict.entries()) {
        walk(below(name, key(entry.key(), i++)), entry.value());
      }
    }
  }

  private void walkAll(String name, List<PickleValue> values) {
    for (int i = 0; i < values.size(); i++) {
      walk(below(name, Integer.toString(i)), values.get(i));
    }
  }

  private static String below(String name, String key) {
    return name.isEmpty() ? key : name + "." + key;
  }

  private static String key(PickleValue key, int place) {
    return key instanceof Text text
        ? text.value()
        : key instanceof Int n ? Long.toString(n.value()) : "#" + place;
  }
}
