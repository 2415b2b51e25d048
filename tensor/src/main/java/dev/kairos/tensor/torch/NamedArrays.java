// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.torch;

import dev.kairos.tensor.io.ElementType;
import dev.kairos.tensor.pickle.PickleArray;
import dev.kairos.tensor.pickle.PickleDict;
import dev.kairos.tensor.pickle.PickleItems;
import dev.kairos.tensor.pickle.PickleTensor;
import dev.kairos.tensor.pickle.PickleValue;
import dev.kairos.tensor.pickle.PickleValue.Int;
import dev.kairos.tensor.pickle.PickleValue.Text;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tensors and arrays within a value, by the way that leads to them. */
final class NamedArrays {
  private final Map<String, PickleValue> found = new LinkedHashMap<>();

  private NamedArrays() {}

  static Map<String, PickleValue> all(PickleValue root) {
    NamedArrays names = new NamedArrays();
    names.walk("", root);
    return names.found;
  }

  /** Whether a value is a tensor or an array of numbers. */
  static boolean isNumbers(PickleValue value) {
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
      int i = 0;
      for (PickleValue item : list.items()) {
        walk(below(name, Integer.toString(i++)), item);
      }
    } else if (value instanceof PickleDict dict) {
      int i = 0;
      for (PickleDict.Entry entry : dict.entries()) {
        walk(below(name, key(entry.key(), i++)), entry.value());
      }
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
