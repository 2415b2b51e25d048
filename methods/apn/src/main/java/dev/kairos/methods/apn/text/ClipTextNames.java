// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.text;

import java.util.Map;

/**
 * What a file calls the weights of CLIP's text tower.
 *
 * @param tokens vectors of tokens
 * @param positions vectors of positions
 * @param layer what the names of a layer begin with; then come its number, a dot and its part
 * @param inLayer pairs of weight and bias: the part's name in {@link
 *     dev.kairos.nn.layer.TransformerBlock} to its name here
 * @param isOpenAi whether query, key and value are one matrix, and the projection is {@code [W, E]}
 * @param norm the last normalisation
 * @param projection into the space that texts and images share
 */
record ClipTextNames(
    String tokens,
    String positions,
    String layer,
    Map<String, String> inLayer,
    boolean isOpenAi,
    String norm,
    String projection) {
  static final String IN_PROJECTION = "attn.in_proj";
  static final ClipTextNames OPENAI =
      new ClipTextNames(
          "token_embedding.weight",
          "positional_embedding",
          "transformer.resblocks.",
          Map.of(
              "ln_1", "ln_1",
              "attn.out_proj", "attn.out_proj",
              "ln_2", "ln_2",
              "mlp.c_fc", "mlp.c_fc",
              "mlp.c_proj", "mlp.c_proj"),
          true,
          "ln_final",
          "text_projection");
  static final ClipTextNames HUGGING_FACE =
      new ClipTextNames(
          "text_model.embeddings.token_embedding.weight",
          "text_model.embeddings.position_embedding.weight",
          "text_model.encoder.layers.",
          Map.of(
              "ln_1", "layer_norm1",
              "attn.out_proj", "self_attn.out_proj",
              "ln_2", "layer_norm2",
              "mlp.c_fc", "mlp.fc1",
              "mlp.c_proj", "mlp.fc2"),
          false,
          "text_model.final_layer_norm",
          "text_projection.weight");

  /** How many layers the names of a file speak of. */
  int layers(Iterable<String> names) {
    int layers = 0;
    for (String name : names) {
      if (name.startsWith(layer)) {
        String number = name.substring(layer.length()).replaceFirst("\\..*", "");
        if (number.matches("[0-9]{1,4}")) {
          layers = Math.max(layers, Integer.parseInt(number) + 1);
        }
      }
    }
    return layers;
  }
}
