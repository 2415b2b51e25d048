// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import dev.kairos.nn.Parameters;
import dev.kairos.nn.Pass;
import dev.kairos.nn.layer.Conv1d;
import dev.kairos.nn.layer.Dropout;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.TensorOps;
import org.jspecify.annotations.Nullable;

/**
 * The network: an embedding of the snippets, boundary probabilities, and an encoder of proposals
 * with classes and confidence; and, which the paper has not, a classifier of single snippets.
 *
 * <p>Source: the paper, figure 2.
 */
final class ApnNetwork {
  private final Conv1d embedding;
  private final BoundaryNetwork boundaries;
  private final ProposalEncoder encoder;
  private final Confidence confidence;
  private final @Nullable Conv1d snippets;
  private final Dropout hidden;

  /**
   * Sizes.
   *
   * @param embedded D', channels of the embedded features
   * @param boundary channels inside the boundary network
   * @param encoder of proposals
   * @param confidence what it is made of
   * @param snippetReach snippets to either side that a classifier of single snippets looks at; -1
   *     for none
   * @param snippetDropout share of the embedded features that is hidden from that classifier
   */
  record Sizes(
      int embedded,
      int boundary,
      ProposalEncoder.Sizes encoder,
      Confidence.Kind confidence,
      int snippetReach,
      double snippetDropout) {

    /** Rows of zeros that must lie between joined recordings. */
    int gap() {
      return Math.max(1, snippetReach);
    }
  }

  /**
   * A network with fresh weights.
   *
   * @param width D of the features
   * @param texts vectors of the M classes, {@code [M,E]}; not changed by training
   */
  ApnNetwork(Parameters parameters, int width, Tensor texts, Sizes sizes) {
    int classes = texts.shape().size(0);
    this.embedding = Conv1d.same(parameters.at("embed"), width, sizes.embedded(), 3);
    this.boundaries = new BoundaryNetwork(parameters.at("bdm"), sizes.embedded(), sizes.boundary());
    this.encoder =
        new ProposalEncoder(
            parameters.at("vision"),
            sizes.embedded(),
            classes,
            texts.shape().size(1),
            sizes.encoder());
    Parameters own = parameters.at("confidence");
    this.confidence =
        switch (sizes.confidence()) {
          case TEXT -> Confidence.byText(own, texts);
          case MLP -> Confidence.byMlp(own, sizes.encoder().width(), classes);
        };
    this.hidden = new Dropout(sizes.snippetDropout());
    this.snippets =
        sizes.snippetReach() < 0
            ? null
            : Conv1d.same(
                parameters.at("snippets"), sizes.embedded(), classes, 2 * sizes.snippetReach() + 1);
  }

  /**
   * Embeds.
   *
   * @param x joined recordings {@code [1,rows,D]}, zeros between them
   * @param mask of {@link JoinedRecordings}
   * @return {@code [1,rows,D']}, zeros between them
   */
  <T extends TensorOps<T>> T embed(Pass<T> pass, T x, T mask) {
    return embedding.forward(pass, x).relu().multiply(mask);
  }

  /** Boundary probabilities; see {@link BoundaryNetwork#forward}. */
  <T extends TensorOps<T>> T boundaries(Pass<T> pass, T embedded, T mask) {
    return boundaries.forward(pass, embedded, mask);
  }

  /** Class logits of single snippets {@code [1,rows,M]}; null without such a classifier. */
  <T extends TensorOps<T>> @Nullable T snippets(Pass<T> pass, T embedded) {
    return snippets == null ? null : snippets.forward(pass, hidden.forward(pass, embedded));
  }

  /** The encoder of proposals. */
  ProposalEncoder encoder() {
    return encoder;
  }

  /** How complete proposals are. */
  Confidence confidence() {
    return confidence;
  }
}
