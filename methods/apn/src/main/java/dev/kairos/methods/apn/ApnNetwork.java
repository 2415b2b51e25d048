// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import dev.kairos.nn.Parameters;
import dev.kairos.nn.Pass;
import dev.kairos.nn.layer.Conv1d;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.TensorOps;

/**
 * The network: an embedding of the snippets, boundary probabilities, and an encoder of proposals
 * with classes and confidence.
 *
 * <p>Source: the paper, figure 2.
 */
final class ApnNetwork {
  private final Conv1d embedding;
  private final BoundaryNetwork boundaries;
  private final ProposalEncoder encoder;
  private final Confidence confidence;

  /**
   * Sizes.
   *
   * @param embedded D', channels of the embedded features
   * @param boundary channels inside the boundary network
   * @param encoder of proposals
   * @param confidence what it is made of
   */
  record Sizes(
      int embedded, int boundary, ProposalEncoder.Sizes encoder, Confidence.Kind confidence) {}

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

  /** The encoder of proposals. */
  ProposalEncoder encoder() {
    return encoder;
  }

  /** How complete proposals are. */
  Confidence confidence() {
    return confidence;
  }
}
