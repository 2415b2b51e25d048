// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.layouts;

import dev.kairos.methods.tal.Segment;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.ElementType;
import dev.kairos.tensor.io.NpyArray;
import dev.kairos.tensor.pickle.Pickle;
import dev.kairos.tensor.pickle.PickleArray;
import dev.kairos.tensor.pickle.PickleBytes;
import dev.kairos.tensor.pickle.PickleItems;
import dev.kairos.tensor.pickle.PickleValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Names, numbers and lists of them in {@code .npy} files of NumPy's texts or Python's objects. */
final class PickledTexts {
  private final Path file;

  private PickledTexts(Path file) {
    this.file = file;
  }

  /** A text an entry. */
  static List<String> of(Path file) throws IOException {
    PickledTexts texts = new PickledTexts(file);
    return texts.texts(Pickle.readNpy(file));
  }

  /** A list of texts an entry. */
  static List<List<String>> lists(Path file) throws IOException {
    PickledTexts texts = new PickledTexts(file);
    return texts.items(Pickle.readNpy(file)).stream().map(texts::texts).toList();
  }

  /** A number an entry. */
  static List<Double> numbers(Path file) throws IOException {
    PickledTexts texts = new PickledTexts(file);
    return texts.numbers(Pickle.readNpy(file));
  }

  /** A list of pairs of seconds an entry. */
  static List<List<Segment>> segments(Path file) throws IOException {
    PickledTexts texts = new PickledTexts(file);
    PickleArray all = Pickle.readNpy(file);
    List<List<Double>> times = new ArrayList<>();
    if (all.isObjects()) {
      all.objects().forEach(entry -> times.add(texts.flat(entry)));
    } else {
      int count = all.shape().length == 0 ? 1 : all.shape()[0];
      List<Double> flat = texts.numbers(all);
      int each = count == 0 ? 0 : flat.size() / count;
      for (int i = 0; i < count; i++) {
        times.add(flat.subList(i * each, (i + 1) * each));
      }
    }
    return times.stream().map(texts::pairs).toList();
  }

  private List<Segment> pairs(List<Double> times) {
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < times.size(); i += 2) {
      if (i + 1 == times.size() || !(times.get(i) <= times.get(i + 1))) {
        throw DataFormatException.of(
            "KDATA-175", file, "expected pairs of seconds in order, found " + times);
      }
      segments.add(new Segment(times.get(i), times.get(i + 1)));
    }
    return segments;
  }

  /** All numbers of lists within lists, in order. */
  private List<Double> flat(PickleValue value) {
    if (value instanceof PickleArray array && !array.isObjects()) {
      return numbers(value);
    }
    if (value instanceof PickleItems || value instanceof PickleArray) {
      return items(value).stream().flatMap(item -> flat(item).stream()).toList();
    }
    return List.of(number(value));
  }

  private List<String> texts(PickleValue value) {
    if (value instanceof PickleArray array && !array.isObjects()) {
      NpyArray plain = array.plain();
      if (plain.type() == ElementType.STRING) {
        return Arrays.asList(plain.toStrings());
      }
      if (plain.size() == 0) {
        return List.of(); // an empty list has no texts in it
      }
    }
    return items(value).stream().map(this::text).toList();
  }

  private String text(PickleValue value) {
    if (value instanceof PickleValue.Text text) {
      return text.value();
    }
    if (value instanceof PickleBytes bytes) {
      return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
    }
    if (value instanceof PickleArray array && array.shape().length == 0 && !array.isObjects()) {
      return texts(value).get(0);
    }
    throw wrong("a text", value);
  }

  private List<Double> numbers(PickleValue value) {
    if (value instanceof PickleArray array && !array.isObjects()) {
      NpyArray plain = array.plain();
      if (plain.type() == ElementType.STRING) {
        throw wrong("numbers", value);
      }
      return Arrays.stream(plain.toDoubles()).boxed().toList();
    }
    return items(value).stream().map(this::number).toList();
  }

  private double number(PickleValue value) {
    if (value instanceof PickleValue.Real real) {
      return real.value();
    }
    if (value instanceof PickleValue.Int whole) {
      return whole.value();
    }
    if (value instanceof PickleArray array && !array.isObjects() && array.plain().size() == 1) {
      return numbers(value).get(0);
    }
    throw wrong("a number", value);
  }

  /** The entries of a list or of an array of any kind. */
  private List<PickleValue> items(PickleValue value) {
    if (value instanceof PickleItems items) {
      return items.items();
    }
    if (value instanceof PickleArray array && array.isObjects()) {
      return array.objects();
    }
    throw wrong("a list", value);
  }

  private DataFormatException wrong(String expected, PickleValue found) {
    return DataFormatException.of(
        "KDATA-175", file, "expected " + expected + ", found " + found.describe());
  }
}
