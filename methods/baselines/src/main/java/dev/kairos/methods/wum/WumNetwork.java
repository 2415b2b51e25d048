// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.wum;

import dev.kairos.nn.Parameters;
import dev.kairos.nn.Pass;
import dev.kairos.nn.layer.Conv1d;
import dev.kairos.nn.layer.Dropout;
import dev.kairos.tensor.TensorOps;

/**
 * The network of WUM: a convolution over time gives features whose length is to tell action from
 * background, and a layer on each snippet scores the classes. The longest features of a recording
 * stand for its actions, the shortest for its background.
 *
 * <p>Weights: {@code conv [3,D,H]} with a bias, {@code classifier [1,H,C]} without.
 */
final class WumNetwork {
  private final Conv1d conv;
  private final Conv1d classifier;
  private final Dropout dropout;
  private final Dropout selection;
  private final int actionDivisor;
  private final int backgroundDivisor;

  /**
   * What one pass gives. Scores of recordings are probabilities, {@code [B,C]}.
   *
   * @param cas raw scores of the classes, {@code [B,S,C]}
   * @param magnitudes lengths of the features, {@code [B,S]}
   * @param action features of the snippets taken for action, {@code [B,k,H]}
   * @param background features of the snippets taken for background, {@code [B,l,H]}
   * @param actionScore by the largest scores of each class
   * @param backgroundScore by the snippets taken for background
   */
  record Output<T>(T cas, T magnitudes, T action, T background, T actionScore, T backgroundScore) {}

  /**
   * A network with fresh weights.
   *
   * @param parameters the part of the tree it owns
   * @param width values per snippet D
   * @param classes C
   */
  WumNetwork(Parameters parameters, int width, int classes, WumConfig config) {
    this.conv = Conv1d.same(parameters.at("conv"), width, config.hidden(), 3);
    this.classifier =
        Conv1d.pointwise(parameters.at("classifier"), config.hidden(), classes, false);
    this.dropout = new Dropout(config.dropout());
    this.selection = new Dropout(config.selectionDropout());
    this.actionDivisor = config.actionDivisor();
    this.backgroundDivisor = config.backgroundDivisor();
  }

  /** The network on features {@code [B,S,D]}. */
  <T extends TensorOps<T>> Output<T> forward(Pass<T> pass, T x) {
    T features = conv.forward(pass, x).relu(); // [B,S,H]
    T cas = classifier.forward(pass, dropout.forward(pass, features)); // [B,S,C]
    int samples = x.shape().size(1);
    int k = Math.max(1, samples / actionDivisor);
    int l = Math.max(1, samples / backgroundDivisor);
    // In training, most snippets are kept from being selected, others in each step.
    T magnitudes = features.square().sum(false, -1).sqrt(); // [B,S], no gradient passes it
    T mask = selection.forward(pass, magnitudes.affine(0, 1));
    T longest = magnitudes.multiply(mask).topKIndices(k); // [B,k]
    T shortness = magnitudes.max(-1, true).subtract(magnitudes);
    T shortest = shortness.multiply(mask).topKIndices(l); // [B,l]
    return new Output<>(
        cas,
        magnitudes,
        features.gather(1, longest),
        features.gather(1, shortest),
        cas.topKMean(k, 1).softmax(),
        cas.gather(1, shortest).mean(false, 1).softmax());
  }
}
