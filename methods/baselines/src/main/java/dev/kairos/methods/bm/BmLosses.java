// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.bm;

import dev.kairos.methods.backbone.Shares;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.TensorOps;
import java.util.stream.IntStream;

/** The losses of background modelling on a batch of recordings. */
final class BmLosses {
  private BmLosses() {}

  /**
   * The parts and their sum.
   *
   * @param foreground cross-entropy of what attention pools: the recordings' classes
   * @param background cross-entropy of what it leaves over: background
   * @param guide how far the attention is from what the classes of the snippets say
   * @param cluster cross-entropy of either being of its own cluster
   * @param total weighted sum
   */
  record Parts<T>(T foreground, T background, T guide, T cluster, T total) {}

  /**
   * What attention should be by the classes of the snippets, two answers {@code [B,S,1]}.
   *
   * @param foreground the largest probability of a class of the recording
   * @param background the probability of not being background
   */
  record Guide<T>(T foreground, T background) {}

  /**
   * Computes the losses.
   *
   * @param probabilities of the snippets' classes, no gradient passes them: softmax of the logits,
   *     {@code [B,S,C1]}
   * @param labels classes that occur, 1 or 0, {@code [B,C]}
   */
  static <T extends TensorOps<T>> Parts<T> of(
      BmNetwork.Output<T> output, Tensor probabilities, Tensor labels, BmConfig config) {
    T any = output.logits();
    Tensor actions = labels.pad(-1, 0, 1, 0); // [B,C1]
    T foreground = crossEntropy(output.foreground(), any.constant(Shares.of(actions)));
    int last = actions.shape().size(1) - 1;
    T background = chosen(output.background(), last);
    Guide<Tensor> guides = guide(probabilities, actions, config.smoothing());
    T attention = output.attention();
    T guide =
        attention
            .subtract(any.constant(guides.foreground()))
            .abs()
            .add(attention.subtract(any.constant(guides.background())).abs())
            .mean();
    T cluster = chosen(output.foregroundClusters(), 0).add(chosen(output.backgroundClusters(), 1));
    T total =
        foreground
            .add(background.multiply(config.backgroundWeight()))
            .add(guide.multiply(config.guideWeight()))
            .add(cluster.multiply(config.clusterWeight()));
    return new Parts<>(foreground, background, guide, cluster, total);
  }

  private static <T extends TensorOps<T>> T crossEntropy(T scores, T target) {
    return scores.logSoftmax().multiply(target).sum(false, -1).mean().negate();
  }

  /** The cross-entropy where one channel of all is right. */
  private static <T extends TensorOps<T>> T chosen(T scores, int channel) {
    return scores.logSoftmax().select(-1, channel).mean().negate();
  }

  /**
   * The guide of the attention.
   *
   * @param probabilities {@code [B,S,C1]}
   * @param actions classes that occur, background 0, {@code [B,C1]}
   * @param sigma of the smoothing in time
   */
  static Guide<Tensor> guide(Tensor probabilities, Tensor actions, double sigma) {
    Tensor smooth = smooth(probabilities, sigma);
    int channels = smooth.shape().size(2);
    Tensor own = smooth.multiply(actions.reshape(-1, 1, channels)).max(2, true);
    return new Guide<>(own, smooth.narrow(2, channels - 1, 1).affine(-1, 1));
  }

  /**
   * A Gaussian filter over time, cut off at four standard deviations; at the borders the series is
   * mirrored, its first and last values repeated.
   */
  private static Tensor smooth(Tensor x, double sigma) {
    int radius = (int) (4 * sigma + 0.5);
    if (radius == 0) {
      return x;
    }
    int length = x.shape().size(1);
    int[] places =
        IntStream.range(-radius, length + radius)
            .map(t -> Math.floorMod(t, 2 * length))
            .map(t -> t < length ? t : 2 * length - 1 - t)
            .toArray();
    double[] weights =
        IntStream.rangeClosed(-radius, radius)
            .mapToDouble(k -> StrictMath.exp(-k * k / (2 * sigma * sigma)))
            .toArray();
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    Tensor mirrored = x.gather(1, x.engine().indices(places, places.length));
    Tensor smooth = mirrored.narrow(1, 0, length).multiply(weights[0] / sum);
    for (int k = 1; k < weights.length; k++) {
      smooth = smooth.add(mirrored.narrow(1, k, length).multiply(weights[k] / sum));
    }
    return smooth;
  }
}
