// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.text;

import dev.kairos.methods.data.Fingerprint;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.files.UserFile;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Vectors of class names from CLIP's text tower: the common direction of all prompts of a class.
 *
 * @param weights safetensors file of the tower
 * @param vocabulary what its tokeniser merges
 * @param heads of each block; 0 for what the width says
 * @param prompts sentences around the words of a class
 */
record ClipClassTexts(Path weights, Path vocabulary, int heads, Prompts prompts) {
  /**
   * The vectors, one a class.
   *
   * @param words of each class
   * @return {@code [C][E]}
   * @throws DataFormatException if a file is missing or damaged, or the two do not go together
   */
  double[][] vectors(List<String> words, Engine engine) throws IOException {
    ClipTokenizer tokenizer = new ClipTokenizer(ClipVocabulary.read(vocabulary));
    ClipTextWeights read = ClipTextWeights.read(weights);
    if (read.vocabulary() != tokenizer.size()) {
      throw DataFormatException.of(
          "KFMT-407",
          weights,
          ("the tower knows " + read.vocabulary() + " tokens, expected the " + tokenizer.size())
              + (" of " + vocabulary.getFileName()),
          "name a CLIP model that was published by OpenAI, or trained with its vocabulary");
    }
    if (read.context() < 2) {
      throw DataFormatException.of(
          "KFMT-403", weights, "a context of " + read.context() + " tokens, expected 2 or more");
    }
    List<int[]> texts = new ArrayList<>();
    for (String each : words) {
      prompts.of(each).forEach(text -> texts.add(tokenizer.sequence(text, read.context())));
    }
    double[][] encoded = new ClipTextEncoder(read, heads, engine).encode(texts);
    double[][] vectors = new double[words.size()][];
    int count = prompts.templates().size();
    for (int c = 0; c < vectors.length; c++) {
      double[][] own = new double[count][];
      System.arraycopy(encoded, c * count, own, 0, count);
      vectors[c] = direction(own, words.get(c));
    }
    return vectors;
  }

  private double[] direction(double[][] prompts, String words) {
    try {
      return UnitVectors.meanDirection(prompts);
    } catch (ArithmeticException e) {
      throw DataFormatException.of(
          "KFMT-405",
          weights,
          "gives no vector for the class '" + Shown.of(words) + "': " + e.getMessage(),
          "the file is damaged, or was written by a training that failed");
    }
  }

  /** A hash of the tower; the vocabulary is always the same. */
  String fingerprint() throws IOException {
    UserFile.require(weights, "KFMT-001", "name another one with --set text.weights=FILE");
    return Fingerprint.of(weights);
  }
}
