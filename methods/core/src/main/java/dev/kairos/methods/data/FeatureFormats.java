// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.methods.files.Shown;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.ElementType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;

/** All kinds of feature files that can be read here, and which array of a file is meant. */
public final class FeatureFormats {
  /** Names that programs give the features in a file that holds more. */
  private static final Set<String> USUAL =
      Set.of("feats", "features", "feature", "feat", "c3d_features", "data", "arr_0");

  private static final int MOST_NAMES = 20;

  private FeatureFormats() {}

  private static final class Holder {
    private static final Map<String, FeatureFormat> BY_ENDING = load();

    private static Map<String, FeatureFormat> load() {
      Map<String, FeatureFormat> formats = new TreeMap<>();
      List<FeatureFormat> all =
          new ArrayList<>(
              List.of(
                  new NpyFormat(),
                  new NpzFormat(),
                  new TextFormat(),
                  new PickleFormat(),
                  new TorchFormat()));
      ServiceLoader.load(FeatureFormat.class, FeatureFormat.class.getClassLoader())
          .forEach(all::add);
      for (FeatureFormat format : all) {
        format.endings().forEach(ending -> formats.putIfAbsent(ending, format));
      }
      return formats;
    }
  }

  /** The endings of all files that can be read, sorted, in lower case with the dot. */
  public static Set<String> endings() {
    return Holder.BY_ENDING.keySet();
  }

  /** What reads files of such a name. */
  public static Optional<FeatureFormat> of(String fileName) {
    int dot = fileName.lastIndexOf('.');
    String ending = dot < 0 ? "" : fileName.substring(dot).toLowerCase(Locale.ROOT);
    return Optional.ofNullable(Holder.BY_ENDING.get(ending));
  }

  /**
   * The arrays in a file.
   *
   * @throws DataFormatException KFMT-017 if no format reads files of such a name, or the file
   *     breaks its format
   */
  public static List<ArrayInfo> list(Path file) throws IOException {
    return require(file).list(file);
  }

  /**
   * What the features of a file are, without their values.
   *
   * @param key the array's name; empty for the only one, or the one with a usual name such as
   *     {@code feats}
   * @throws DataFormatException KFMT-018 if no array or several could be meant, KDATA-132 if it is
   *     of truth values or texts
   */
  public static ArrayInfo info(Path file, String key) throws IOException {
    return chosen(file, require(file).list(file), key);
  }

  /** The same with the values. */
  public static StoredArray read(Path file, String key) throws IOException {
    return require(file).read(file, info(file, key));
  }

  private static FeatureFormat require(Path file) {
    return of(String.valueOf(file.getFileName()))
        .orElseThrow(
            () ->
                DataFormatException.of(
                    "KFMT-017",
                    file,
                    "no format of features has such an ending",
                    "bring the features in one of " + String.join(" ", endings())));
  }

  private static ArrayInfo chosen(Path file, List<ArrayInfo> arrays, String key) {
    List<ArrayInfo> meant =
        key.isEmpty() ? likely(arrays) : arrays.stream().filter(a -> isCalled(a, key)).toList();
    if (meant.size() != 1) {
      throw undecided(file, arrays, key);
    }
    ArrayInfo array = meant.get(0);
    requireNumbers(file, array);
    return array;
  }

  private static List<ArrayInfo> likely(List<ArrayInfo> arrays) {
    if (arrays.size() == 1) {
      return arrays;
    }
    List<ArrayInfo> usual = arrays.stream().filter(a -> USUAL.contains(lastName(a))).toList();
    List<ArrayInfo> numbers = arrays.stream().filter(FeatureFormats::isNumbers).toList();
    return usual.isEmpty() && numbers.size() == 1 ? numbers : usual;
  }

  private static boolean isCalled(ArrayInfo array, String key) {
    return array.name().equals(key) || ("/" + array.name()).equals(key);
  }

  /** Files with folders inside name arrays by their way. */
  private static String lastName(ArrayInfo array) {
    return array.name().substring(array.name().lastIndexOf('/') + 1);
  }

  private static DataFormatException undecided(Path file, List<ArrayInfo> arrays, String key) {
    if (arrays.isEmpty()) {
      return DataFormatException.of(
          "KFMT-018", file, "holds no array of numbers", "save the features as an array [T, D]");
    }
    String there =
        String.join(
            ", ",
            arrays.stream()
                .limit(MOST_NAMES)
                .map(a -> "'" + Shown.of(a.name()) + "' " + a)
                .toList());
    String more =
        arrays.size() > MOST_NAMES ? " and " + (arrays.size() - MOST_NAMES) + " more" : "";
    String problem =
        key.isEmpty()
            ? "holds %d arrays, and none alone is called like features: ".formatted(arrays.size())
            : "holds no array '" + Shown.of(key) + "', but ";
    return DataFormatException.of(
        "KFMT-018",
        file,
        problem + there + more,
        "name it with key = \"..\" in " + DatasetDescription.FILE_NAME + ", or --key");
  }

  static void requireNumbers(Path file, ArrayInfo array) {
    if (!isNumbers(array)) {
      throw DataFormatException.of(
          "KDATA-132",
          file,
          "holds elements of type " + array.type() + ", expected floating-point or whole numbers",
          "convert it, for example with numpy's astype('float32')");
    }
  }

  private static boolean isNumbers(ArrayInfo array) {
    return array.type() != ElementType.BOOL && array.type() != ElementType.STRING;
  }
}
