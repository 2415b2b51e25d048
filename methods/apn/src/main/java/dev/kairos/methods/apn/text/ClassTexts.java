// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.text;

import dev.kairos.methods.data.Fingerprint;
import dev.kairos.methods.files.NearestName;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.settings.Settings;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What class names mean, as vectors that visual features are compared with: codes of their words by
 * default, which know nothing of language, or those of CLIP's text tower.
 *
 * <p>Settings: {@code text.source} ({@code words} or {@code clip}); {@code text.names}, words in
 * place of those that a name is made of, such as {@code CleanAndJerk=weight lifting}; and with
 * {@code clip} the files {@code text.weights} and {@code text.vocabulary}, {@code text.width} of
 * their vectors, {@code text.heads} (0 for what the width says) and {@code text.prompts}, sentences
 * with the slot {@code {}}.
 */
public final class ClassTexts {
  private static final String WORDS = "words";
  private static final String CLIP = "clip";
  private static final int MOST_HEADS = 1024;
  private static final int MOST_WIDTH = 1 << 14;

  /** Directions nearer than this are the same to every training. */
  private static final double SAME = 1 - 1e-9;

  private final @Nullable ClipClassTexts clip; // null for codes of words
  private final int width;
  private final Map<String, String> wordsByName;

  private ClassTexts(@Nullable ClipClassTexts clip, int width, Map<String, String> wordsByName) {
    this.clip = clip;
    this.width = width;
    this.wordsByName = wordsByName;
  }

  /**
   * Reads every key; those of CLIP only where it is chosen. No file is opened.
   *
   * @throws ConfigException if a value is not allowed, or CLIP is chosen without its files
   */
  public static ClassTexts from(Settings settings) {
    String source = settings.choice("text.source", WORDS, WORDS, CLIP);
    Map<String, String> names = names(settings.texts("text.names", List.of()));
    if (!source.equals(CLIP)) {
      return new ClassTexts(null, WordCodes.WIDTH, names);
    }
    return new ClassTexts(
        new ClipClassTexts(
            file(settings, "text.weights", "the safetensors file of a CLIP model"),
            file(settings, "text.vocabulary", "CLIP's bpe_simple_vocab_16e6.txt.gz"),
            settings.size("text.heads", 0, 0, MOST_HEADS),
            new Prompts(settings.texts("text.prompts", Prompts.DEFAULTS))),
        settings.size("text.width", WordCodes.WIDTH, 1, MOST_WIDTH),
        names);
  }

  private static Path file(Settings settings, String key, String what) {
    String name = settings.text(key, "");
    if (name.isBlank()) {
      throw new ConfigException(
          "KCONF-008",
          "text.source=clip needs " + key + ", " + what,
          "add --set " + key + "=FILE, or leave text.source out for codes of words");
    }
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new ConfigException(
          "KCONF-003", key + ": '" + Shown.of(name) + "' cannot be the name of a file", null);
    }
  }

  private static Map<String, String> names(List<String> pairs) {
    Map<String, String> words = new LinkedHashMap<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? "" : pair.substring(0, equals).strip();
      if (name.isEmpty()) {
        throw new ConfigException(
            "KCONF-003",
            "text.names: '" + Shown.of(pair) + "' is not NAME=WORDS",
            "for example --set text.names=CleanAndJerk=weight lifting");
      }
      if (words.put(name, ClassWords.lowerCase(pair.substring(equals + 1))) != null) {
        throw new ConfigException(
            "KCONF-003", "text.names has '" + Shown.of(name) + "' twice", "keep one of the two");
      }
    }
    return words;
  }

  /** E, the size of a vector. */
  public int width() {
    return width;
  }

  /** Whether files are read for the vectors. */
  public boolean readsFiles() {
    return clip != null;
  }

  /**
   * The vectors of classes.
   *
   * @param classes their names, in the order of the vectors
   * @param engine what a text tower is computed with
   * @throws ConfigException if a name has no words, two classes cannot be told apart, or {@code
   *     text.names} speaks of a class that there is not
   * @throws DataFormatException if a file is missing or not what it should be
   */
  public ClassVectors vectors(List<String> classes, Engine engine) throws IOException {
    List<String> words = words(classes);
    String fingerprint = fingerprint(words);
    double[][] rows = rows(words, engine);
    if (rows[0].length != width) {
      throw new ConfigException(
          "KCONF-008",
          "text.width is " + width + ", the vectors of " + source() + " have " + rows[0].length,
          "--set text.width=" + rows[0].length);
    }
    requireApart(classes, rows);
    return new ClassVectors(source(), fingerprint, rows.length, flat(rows));
  }

  /** The words of each class. */
  List<String> words(List<String> classes) {
    for (String name : wordsByName.keySet()) {
      if (!classes.contains(name)) {
        throw new ConfigException(
            "KCONF-003",
            "text.names: there is no class '" + Shown.of(name) + "'",
            NearestName.advice(name, classes, "the classes are " + Shown.some(classes)));
      }
    }
    List<String> words = new ArrayList<>();
    for (String name : classes) {
      String own = wordsByName.getOrDefault(name, ClassWords.of(name));
      if (own.isEmpty()) {
        throw new ConfigException(
            "KCONF-008",
            "the class '" + Shown.of(name) + "' has no words that a vector could be made of",
            "say them with --set text.names=NAME=WORDS");
      }
      words.add(own);
    }
    return List.copyOf(words);
  }

  private String source() {
    return clip == null ? "hashed words" : "CLIP " + clip.weights().getFileName();
  }

  private double[][] rows(List<String> words, Engine engine) throws IOException {
    return clip == null
        ? words.stream().map(w -> WordCodes.vector(w, WordCodes.WIDTH)).toArray(double[][]::new)
        : clip.vectors(words, engine);
  }

  private String fingerprint(List<String> words) throws IOException {
    StringBuilder all = new StringBuilder();
    if (clip == null) {
      append(all, WORDS + " " + WordCodes.WIDTH);
    } else {
      append(all, CLIP + " " + clip.heads() + " " + clip.fingerprint());
      append(all, "prompts " + clip.prompts().templates().size());
      clip.prompts().templates().forEach(each -> append(all, each));
    }
    words.forEach(each -> append(all, each));
    return Fingerprint.of(all.toString());
  }

  /** With its length before it, so that no other texts one after the other look the same. */
  private static void append(StringBuilder all, String text) {
    all.append(text.length()).append(':').append(text).append('\n');
  }

  private static void requireApart(List<String> classes, double[][] rows) {
    for (int a = 0; a < rows.length; a++) {
      for (int b = 0; b < a; b++) {
        if (UnitVectors.dot(rows[a], rows[b]) > SAME) {
          throw new ConfigException(
              "KCONF-008",
              ("the classes '" + Shown.of(classes.get(b)) + "' and '" + Shown.of(classes.get(a)))
                  + "' have the same vector: their words cannot be told apart",
              "give one of them other words with --set text.names=NAME=WORDS");
        }
      }
    }
  }

  private static double[] flat(double[][] rows) {
    int width = rows[0].length;
    double[] flat = new double[rows.length * width];
    for (int c = 0; c < rows.length; c++) {
      System.arraycopy(rows[c], 0, flat, c * width, width);
    }
    return flat;
  }
}
