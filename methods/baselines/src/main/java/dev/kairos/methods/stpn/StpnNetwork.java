// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.stpn;

import dev.kairos.methods.backbone.SnippetAttention;
import dev.kairos.nn.FileLayout;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.Pass;
import dev.kairos.nn.init.Initializer;
import dev.kairos.nn.layer.Dropout;
import dev.kairos.nn.layer.Linear;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.TensorOps;
import org.jspecify.annotations.Nullable;

/**
 * The network of STPN: attention weighs the snippets, and a linear classifier scores their mean.
 * The same classifier on each snippet is the class activation sequence. In front there may be a
 * layer, the embedding.
 *
 * <p>Weights: {@code embedding}, {@code attention}, {@code classifier.weight [H,C]} and {@code
 * classifier.bias [C]}.
 */
final class StpnNetwork {
  private final @Nullable Linear embedding; // null without
  private final Dropout dropout;
  private final SnippetAttention attention;
  private final Linear classifier;
  private final Parameter bias;

  /**
   * What one pass gives.
   *
   * @param attention of the snippets, {@code [B,S,1]}
   * @param activations of the classes, without the bias, {@code [B,S,C]}
   * @param scores of the recordings before the sigmoid, {@code [B,C]}
   */
  record Output<T>(T attention, T activations, T scores) {}

  /**
   * A network with fresh weights.
   *
   * @param parameters the part of the tree it owns
   * @param width values per snippet D
   * @param classes C
   */
  StpnNetwork(Parameters parameters, int width, int classes, StpnConfig config) {
    int h = config.embedding() ? config.hidden() : width;
    this.embedding =
        config.embedding() ? new Linear(parameters.at("embedding"), width, h, true) : null;
    this.dropout = new Dropout(config.dropout());
    this.attention = new SnippetAttention(parameters.at("attention"), h, config.attentionHidden());
    Parameters last = parameters.at("classifier");
    this.classifier = new Linear(last, h, classes, false);
    this.bias = last.create("bias", Shape.of(classes), Initializer.fanIn(h), FileLayout.SAME);
  }

  /** The network on features {@code [B,S,D]}. */
  <T extends TensorOps<T>> Output<T> forward(Pass<T> pass, T features) {
    T x =
        embedding == null
            ? features
            : dropout.forward(pass, embedding.forward(pass, features).relu()); // [B,S,H]
    T weights = attention.forward(pass, x); // [B,S,1]
    T activations = classifier.forward(pass, x); // [B,S,C]
    // The classifier is linear: the score of the mean is the mean of the scores.
    T scores = activations.multiply(weights).mean(false, 1).add(pass.of(bias));
    return new Output<>(weights, activations, scores);
  }
}
