// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.bm;

import dev.kairos.methods.backbone.SnippetAttention;
import dev.kairos.nn.FileLayout;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.Pass;
import dev.kairos.nn.init.Initializer;
import dev.kairos.nn.layer.Linear;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.TensorOps;
import java.util.List;

/**
 * The network of background modelling: attention weighs the snippets, and what it leaves over is
 * background. A linear classifier scores the mean of either, and each snippet. {@code C1 = C + 1}
 * channels, background last.
 *
 * <p>Weights: {@code attention}, {@code classifier.weight [D,C1]}, and {@code clusters.foreground}
 * and {@code clusters.background [1,D]}, the directions of either.
 */
final class BmNetwork {
  private final SnippetAttention attention;
  private final Linear classifier;
  private final Parameter foregroundCluster;
  private final Parameter backgroundCluster;

  /**
   * What one pass gives.
   *
   * @param attention of the snippets, {@code [B,S,1]}
   * @param logits of the snippets, {@code [B,S,C1]}
   * @param foreground logits of what attention pools, {@code [B,C1]}
   * @param background logits of what it leaves over, {@code [B,C1]}
   * @param foregroundClusters likeness of what attention pools to both clusters, {@code [B,2]}
   * @param backgroundClusters likeness of what it leaves over to both clusters, {@code [B,2]}
   */
  record Output<T>(
      T attention,
      T logits,
      T foreground,
      T background,
      T foregroundClusters,
      T backgroundClusters) {}

  /**
   * A network with fresh weights.
   *
   * @param parameters the part of the tree it owns
   * @param width values per snippet D
   * @param actions classes without background C
   */
  BmNetwork(Parameters parameters, int width, int actions, BmConfig config) {
    this.attention =
        new SnippetAttention(parameters.at("attention"), width, config.attentionHidden());
    this.classifier = new Linear(parameters.at("classifier"), width, actions + 1, false);
    Parameters clusters = parameters.at("clusters");
    Initializer first = Initializer.fanIn(width);
    Shape row = Shape.of(1, width);
    this.foregroundCluster = clusters.create("foreground", row, first, FileLayout.SAME);
    this.backgroundCluster = clusters.create("background", row, first, FileLayout.SAME);
  }

  /** The network on features {@code [B,S,D]}. */
  <T extends TensorOps<T>> Output<T> forward(Pass<T> pass, T x) {
    T front = attention.forward(pass, x); // [B,S,1]
    T foreground = x.multiply(front).mean(false, 1); // [B,D]
    T background = x.mean(false, 1).subtract(foreground); // [B,D]
    T directions =
        pass.of(foregroundCluster)
            .concat(0, List.of(pass.of(backgroundCluster)))
            .transpose(0, 1); // [D,2]
    return new Output<>(
        front,
        classifier.forward(pass, x),
        classifier.forward(pass, foreground),
        classifier.forward(pass, background),
        foreground.matmul(directions),
        background.matmul(directions));
  }
}
