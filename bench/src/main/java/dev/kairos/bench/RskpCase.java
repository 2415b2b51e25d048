// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import dev.kairos.methods.rskp.RskpNetwork;
import dev.kairos.nn.Parameters;

/**
 * What the questions about RSKP share: recordings of 20 classes, and a network as wide as their
 * features with the published constants.
 */
final class RskpCase {
  /** Libtorch with the K by K system that ours solves. */
  static final String WOODBURY = "libtorch-woodbury";

  static final int CLASSES = 20;
  static final double DROPOUT = 0.6;

  private RskpCase() {}

  /** Our network. */
  static RskpNetwork network(Parameters parameters, int width, double dropout) {
    return new RskpNetwork(
        parameters, width, CLASSES, RskpNetwork.Options.published(width).withDropout(dropout));
  }

  /** The part of a program of libtorch that walks as a contender does. */
  static String walk(String peer) {
    return peer.equals(WOODBURY) ? "rskp-woodbury" : "rskp-inverse";
  }

  /** How many snippets count as attended to, or as not. */
  static int attended(int snippets) {
    return Math.max(snippets / 8, 1);
  }

  /** Two classes that occur, {@code [1,C]}. */
  static float[] labels() {
    float[] labels = new float[CLASSES];
    labels[1] = 1;
    labels[CLASSES / 2] = 1;
    return labels;
  }

  /** The labels with background last, in a row that sums to 1: {@code [1,C+1]}. */
  static float[] target(float background) {
    float[] labels = labels();
    float[] target = new float[CLASSES + 1];
    for (int c = 0; c < CLASSES; c++) {
      target[c] = labels[c] / (2 + background);
    }
    target[CLASSES] = background / (2 + background);
    return target;
  }
}
