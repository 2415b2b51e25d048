// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.text;

import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.Checkpoint;
import dev.kairos.nn.EvaluationPass;
import dev.kairos.nn.FileLayout;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.init.Initializer;
import dev.kairos.nn.layer.LayerNorm;
import dev.kairos.nn.layer.Linear;
import dev.kairos.nn.layer.TransformerBlock;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.io.DataFormatException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * CLIP's text tower (Radford et al. 2021, section 2.4): vectors of tokens and positions,
 * transformer blocks in which a token sees those before it, a normalisation, and the row of the end
 * token projected into the space that texts share with images.
 *
 * <p>Nothing after the end token has an influence on its row, so each batch runs only as far as its
 * longest text. Texts of like length go together. Vectors of tokens stay in the file's array, as a
 * few hundred of its fifty thousand rows are needed; memory beside the weights is that of one block
 * and one batch.
 *
 * <p>Between the layers of a block stands the activation of OpenAI's models, {@code a sigmoid(1.702
 * a)}. A file does not say which one it was trained with: some later models of the same names and
 * shapes, such as those of LAION, have the exact GELU, and would get other vectors than theirs
 * here.
 */
final class ClipTextEncoder {
  /** The names of the weights, beside those of the blocks. */
  static final String POSITIONS = "positional_embedding";

  static final String NORM = "ln_final";
  static final String PROJECTION = "text_projection";

  private static final double EPSILON = 1e-5;
  private static final int HEAD_WIDTH = 64; // of every published model
  private static final int BATCH = 64;

  private final ClipTextWeights weights;
  private final Engine engine;
  private final EvaluationPass pass = new EvaluationPass();
  private final Parameter positions;
  private final List<TransformerBlock> blocks = new ArrayList<>();
  private final LayerNorm norm;
  private final Linear projection;

  /**
   * A tower with its weights.
   *
   * @param heads of each block; 0 for as many as 64 goes into the width
   * @param engine whose memory holds the weights
   * @throws DataFormatException KFMT-406 if the width does not allow that many heads
   */
  ClipTextEncoder(ClipTextWeights weights, int heads, Engine engine) {
    this.weights = weights;
    this.engine = engine;
    int width = weights.width();
    int each = heads(weights, heads);
    Parameters parameters = new Parameters(engine, new RandomKey(0, 0)); // all are overwritten
    this.positions =
        parameters.create(
            POSITIONS, Shape.of(weights.context(), width), Initializer.zeros(), FileLayout.SAME);
    for (int l = 0; l < weights.layers(); l++) {
      blocks.add(new TransformerBlock(parameters.at(block(l)), width, each, weights.layers()));
    }
    this.norm = new LayerNorm(parameters.at(NORM), width, EPSILON);
    this.projection = new Linear(parameters.at(PROJECTION), width, weights.output(), false);
    for (Parameter parameter : parameters.all()) { // one by one, as each passes through a copy
      try (Scope scope = engine.scope()) {
        Checkpoint.load(List.of(parameter), weights.arrays(), weights.file());
      }
    }
    engine.trim();
  }

  private static int heads(ClipTextWeights weights, int heads) {
    int width = weights.width();
    if (heads == 0 && width % HEAD_WIDTH != 0) {
      throw DataFormatException.of(
          "KFMT-406",
          weights.file(),
          "a width of " + width + " does not say how many heads there are: no multiple of 64",
          "say it with --set text.heads=N");
    }
    if (heads != 0 && width % heads != 0) {
      throw DataFormatException.of(
          "KFMT-406",
          weights.file(),
          "a width of " + width + " cannot be shared among " + heads + " heads",
          "text.heads must divide it; published models have " + HEAD_WIDTH + " numbers a head");
    }
    return heads == 0 ? width / HEAD_WIDTH : heads;
  }

  /** The name of a block. */
  static String block(int number) {
    return "blocks." + number;
  }

  /**
   * Encodes texts.
   *
   * @param texts the tokens of each, at most the context; the first of the largest tokens of a text
   *     is its end
   * @return {@code [n][E]}, of any length, in the order of the texts
   * @throws IllegalArgumentException for a text that is empty, too long, or has an unknown token
   */
  double[][] encode(List<int[]> texts) {
    texts.forEach(this::require);
    int[] ends = texts.stream().mapToInt(ClipTextEncoder::end).toArray();
    int[] byLength =
        IntStream.range(0, ends.length)
            .boxed()
            .sorted(Comparator.comparingInt(i -> ends[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[][] vectors = new double[ends.length][];
    for (int from = 0; from < byLength.length; from += BATCH) {
      int[] batch = Arrays.copyOfRange(byLength, from, Math.min(byLength.length, from + BATCH));
      int length = ends[batch[batch.length - 1]] + 1;
      double[][] some = encode(Arrays.stream(batch).mapToObj(texts::get).toList(), length);
      for (int i = 0; i < batch.length; i++) {
        vectors[batch[i]] = some[i];
      }
    }
    engine.trim();
    return vectors;
  }

  private void require(int[] text) {
    if (text.length == 0 || text.length > weights.context()) {
      throw new IllegalArgumentException(
          "text: " + text.length + " tokens, expected 1 to " + weights.context());
    }
    for (int token : text) {
      if (token < 0 || token >= weights.vocabulary()) {
        throw new IllegalArgumentException(
            "text: no token " + token + " in a vocabulary of " + weights.vocabulary());
      }
    }
  }

  /** The first place of the largest token: some tokenisers fill up with it as well. */
  static int end(int[] text) {
    int end = 0;
    for (int i = 1; i < text.length; i++) {
      if (text[i] > text[end]) {
        end = i;
      }
    }
    return end;
  }

  /**
   * Encodes one batch.
   *
   * @param length how many tokens of each text go in; no text ends later
   * @return {@code [n][E]}
   */
  double[][] encode(List<int[]> texts, int length) {
    try (Scope scope = engine.scope()) {
      Tensor z = embed(texts, length);
      Tensor mask = mask(length);
      for (int l = 0; l < blocks.size(); l++) {
        try (Scope layer = engine.scope()) {
          z.assign(block(l, z, mask));
        }
      }
      return rows(project(norm(atEnds(z, texts))));
    }
  }

  /** Vectors of tokens plus those of their places, {@code [N,T,W]}. */
  Tensor embed(List<int[]> texts, int length) {
    int width = weights.width();
    float[] rows = new float[texts.size() * length * width];
    for (int n = 0; n < texts.size(); n++) {
      int[] text = texts.get(n);
      for (int t = 0;
          t < Math.min(length, text.length);
          t++) { // what follows a text does not count
        weights.copyToken(text[t], rows, (n * length + t) * width);
      }
    }
    Tensor tokens = engine.tensor(rows, texts.size(), length, width);
    return tokens.add(positions.value().narrow(0, 0, length));
  }

  /** What hides later tokens from earlier ones, {@code [T,T]}. */
  Tensor mask(int length) {
    float[] mask = new float[length * length];
    for (int t = 0; t < length; t++) {
      Arrays.fill(mask, t * length + t + 1, (t + 1) * length, Float.NEGATIVE_INFINITY);
    }
    return engine.tensor(mask, length, length);
  }

  /** One transformer block, {@code [N,T,W]} to the same. */
  Tensor block(int number, Tensor z, Tensor mask) {
    return blocks.get(number).forward(pass, z, mask);
  }

  /** The last normalisation, row by row. */
  Tensor norm(Tensor z) {
    return norm.forward(pass, z);
  }

  /** The rows of the end tokens, {@code [N,T,W]} to {@code [N,W]}. */
  Tensor atEnds(Tensor z, List<int[]> texts) {
    int length = z.shape().size(1);
    int[] places = new int[texts.size()];
    for (int n = 0; n < places.length; n++) {
      places[n] = n * length + end(texts.get(n));
    }
    Tensor rows = z.reshape(-1, weights.width());
    return rows.gather(0, engine.indices(places, places.length));
  }

  /** Into the space of texts and images, {@code [N,W]} to {@code [N,E]}. */
  Tensor project(Tensor rows) {
    return projection.forward(pass, rows);
  }

  private static double[][] rows(Tensor matrix) {
    double[] values = matrix.toDoubles();
    int width = matrix.shape().size(1);
    double[][] rows = new double[matrix.shape().size(0)][];
    for (int n = 0; n < rows.length; n++) {
      rows[n] = Arrays.copyOfRange(values, n * width, (n + 1) * width);
    }
    return rows;
  }
}
