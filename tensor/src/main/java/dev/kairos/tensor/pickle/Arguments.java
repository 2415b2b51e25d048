// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.pickle;

import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.pickle.PickleValue.Int;
import dev.kairos.tensor.pickle.PickleValue.Text;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a call or a state hands over, asked for by place and kind. */
final class Arguments {
  private final PickleInput in;
  private final String name;
  private final List<PickleValue> values;

  /**
   * Values in a row.
   *
   * @param name what takes them, for messages
   */
  Arguments(PickleInput in, String name, List<PickleValue> values) {
    this.in = in;
    this.name = name;
    this.values = values;
  }

  int size() {
    return values.size();
  }

  PickleValue get(int place) {
    if (place >= values.size()) {
      throw in.broken(values.size() + " arguments for " + name + ", expected more");
    }
    return values.get(place);
  }

  long number(int place) {
    if (get(place) instanceof Int n) {
      return n.value();
    }
    throw wrong(place, "an integer");
  }

  String text(int place) {
    if (get(place) instanceof Text text) {
      return text.value();
    }
    if (get(place) instanceof PickleBytes bytes) { // Python 2 had one kind for both
      return new String(bytes.shared(), StandardCharsets.ISO_8859_1);
    }
    throw wrong(place, "a text");
  }

  /** Bytes, also as a text of which each character is one. */
  byte[] bytes(int place) {
    if (get(place) instanceof PickleBytes bytes) {
      return bytes.shared();
    }
    if (get(place) instanceof Text text
        && StandardCharsets.ISO_8859_1.newEncoder().canEncode(text.value())) {
      in.take(text.value().length());
      return text.value().getBytes(StandardCharsets.ISO_8859_1);
    }
    throw wrong(place, "bytes");
  }

  PickleItems items(int place) {
    if (get(place) instanceof PickleItems items) {
      return items;
    }
    throw wrong(place, "a list or tuple");
  }

  /** Whether the value at a place is Python's true. */
  boolean truth(int place) {
    PickleValue value = get(place);
    return value instanceof PickleValue.Bool bool ? bool.value() : number(place) != 0;
  }

  /** Lengths of axes. */
  int[] shape(int place) {
    List<PickleValue> lengths = items(place).items();
    int[] shape = new int[lengths.size()];
    for (int i = 0; i < shape.length; i++) {
      if (!(lengths.get(i) instanceof Int n) || n.value() < 0 || n.value() > Integer.MAX_VALUE) {
        throw in.broken("a bad shape for " + name);
      }
      shape[i] = (int) n.value();
    }
    return shape;
  }

  DataFormatException wrong(int place, String wanted) {
    return in.broken(
        "%s as argument %d of %s, expected %s"
            .formatted(get(place).describe(), place, name, wanted));
  }
}
