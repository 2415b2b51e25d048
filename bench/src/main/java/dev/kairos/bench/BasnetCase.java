// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

/**
 * What a step of training BaS-Net, or of two, begins with: ten classes, 512 channels in the
 * filtering module, hidden width as that of the features.
 *
 * @param recordings N
 * @param snippets T
 * @param width D, of the features of one network
 */
record BasnetCase(int recordings, int snippets, int width) {
  static final int CLASSES = 10;
  static final int FILTER = 512;
  static final double DROPOUT = 0.7;
  static final double NORM_WEIGHT = 1e-4;

  /** Reads {@code NxTxD}. */
  static BasnetCase parse(String size) {
    int[] sizes = Sizes.parse(size, 3);
    return new BasnetCase(sizes[0], sizes[1], sizes[2]);
  }

  /** The same at another length. */
  BasnetCase withSnippets(int others) {
    return new BasnetCase(recordings, others, width);
  }

  /** {@code [N,T,D]}. */
  float[] features(long seed) {
    return Values.uniform(seed, recordings * snippets * width, 0, 1);
  }

  /** One class a recording, and the next for every other one: {@code [N,C]}. */
  float[] labels() {
    return labels(CLASSES);
  }

  private float[] labels(int columns) {
    float[] labels = new float[recordings * columns];
    for (int i = 0; i < recordings; i++) {
      labels[i * columns + i % CLASSES] = 1;
      labels[i * columns + (i + i % 2) % CLASSES] = 1;
    }
    return labels;
  }

  /** The labels with background last, in rows that sum to 1: {@code [N,C+1]}. */
  float[] target(float background) {
    int columns = CLASSES + 1;
    float[] target = labels(columns);
    for (int i = 0; i < recordings; i++) {
      target[i * columns + CLASSES] = background;
      float sum = 0;
      for (int c = 0; c < columns; c++) {
        sum += target[i * columns + c];
      }
      for (int c = 0; c < columns; c++) {
        target[i * columns + c] /= sum;
      }
    }
    return target;
  }

  /** How many largest scores make that of a recording. */
  int top() {
    return Math.max(1, snippets / 8);
  }

  /**
   * Operations of the products of a step: two convolutions in each branch, and the filtering
   * module, forward and backward.
   *
   * @param base whether there is the base branch beside that of suppression
   */
  double operations(boolean base) {
    double rows = 2.0 * recordings * snippets;
    double convolution = rows * 3 * width * width;
    double filter = rows * width * FILTER;
    double suppressed = 3 * (2 * convolution + filter) - filter; // features take no gradient
    return base ? suppressed + 3 * 2 * convolution - convolution : suppressed;
  }
}
