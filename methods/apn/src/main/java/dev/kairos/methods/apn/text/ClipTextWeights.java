// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.text;

import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The weights of CLIP's text tower out of a safetensors file, with the names that OpenAI or Hugging
 * Face give them. All sizes are those of the tensors; other tensors, such as those of the image
 * tower, are passed over.
 *
 * <p>Numbers may be F32, F16 or BF16. Hugging Face keeps query, key and value apart, which are
 * stacked here, and the projection transposed.
 */
final class ClipTextWeights {
  /** Weights are as in {@link ClipTextEncoder}, in the layout of files. */
  private final Map<String, NpyArray> arrays;

  private final NpyArray tokens;
  private final Path file;
  private final int context;
  private final int layers;
  private final int output;

  /**
   * Weights that were read.
   *
   * @param tokens a vector for each token, {@code [vocabulary, W]}
   * @param arrays all others, by the encoder's names
   */
  ClipTextWeights(
      Path file, NpyArray tokens, Map<String, NpyArray> arrays, int context, int layers) {
    this.file = file;
    this.tokens = tokens;
    this.arrays = arrays;
    this.context = context;
    this.layers = layers;
    this.output = projection(arrays).dim(0);
  }

  private static NpyArray projection(Map<String, NpyArray> arrays) {
    NpyArray projection = arrays.get(ClipTextEncoder.PROJECTION + ".weight");
    if (projection == null) {
      throw new IllegalStateException("text weights: no projection");
    }
    return projection;
  }

  /**
   * Reads a file.
   *
   * @throws DataFormatException if there is no such file or it breaks the format; KFMT-401 if it
   *     holds no text tower, KFMT-402 if a tensor is missing, KFMT-403 if one has another shape,
   *     KFMT-404 if one is of another type, KFMT-405 if one holds a number that is not finite
   */
  static ClipTextWeights read(Path file) throws IOException {
    return ClipTextReader.open(file).read();
  }

  /** Where they come from. */
  Path file() {
    return file;
  }

  /** Tokens that have a vector. */
  int vocabulary() {
    return tokens.dim(0);
  }

  /** W, the size of a token's vector. */
  int width() {
    return tokens.dim(1);
  }

  /** How many tokens a text may have. */
  int context() {
    return context;
  }

  /** Transformer blocks. */
  int layers() {
    return layers;
  }

  /** E, the size of a text's vector. */
  int output() {
    return output;
  }

  /** Copies the vector of a token to a place of an array. */
  void copyToken(int token, float[] to, int at) {
    tokens.copyFloats(token * width(), width(), to, at);
  }

  /** All weights but the vectors of tokens, by the encoder's names. */
  Map<String, NpyArray> arrays() {
    return arrays;
  }
}
