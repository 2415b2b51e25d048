// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.backbone;

import dev.kairos.nn.Parameters;
import dev.kairos.nn.Pass;
import dev.kairos.nn.layer.Conv1d;
import dev.kairos.nn.layer.Dropout;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.TensorOps;
import java.util.function.UnaryOperator;

/**
 * The network: a filtering module that weighs snippets as foreground, and a CAS module that scores
 * classes, applied with one set of weights to the features (base branch) and to the weighted
 * features (suppression branch). {@code K = C + 1} channels, background last.
 */
public final class BasnetModel {
  private static final double LEAK = 0.01;
  private static final int BRANCHES = 2;

  private final Conv1d filter1;
  private final Conv1d filter2;
  private final Conv1d cas1;
  private final Conv1d cas2;
  private final Conv1d cas3;
  private final Dropout dropout;
  private final int hidden;

  /**
   * What one pass gives.
   *
   * @param foreground weight of each snippet in (0, 1), {@code [B,S,1]}
   * @param casBase raw scores of the base branch, {@code [B,S,K]}
   * @param casSuppression raw scores of the suppression branch, {@code [B,S,K]}
   */
  public record Output<T>(T foreground, T casBase, T casSuppression) {}

  /**
   * Features behind the first layers of both modules, which look at each snippet alone until the
   * taps are added up.
   *
   * @param filter of the filtering module, before its activation, {@code [B,S,filterHidden]}
   * @param taps of the CAS module, {@code [3,B,S,hidden]}
   */
  public record Projected<T extends TensorOps<T>>(T filter, T taps) {
    /**
     * The projection of resampled features, without the products: {@code (R x) W = R (x W)}, where
     * the rows of R sum to 1 so that the bias stays.
     *
     * @param resampling linear, from {@code [N,S,D]} to {@code [N,S',D]} for any N and D
     */
    public Projected<T> resampled(UnaryOperator<T> resampling) {
      Shape from = taps.shape();
      T joined = taps.reshape(from.size(0) * from.size(1), from.size(2), from.size(3));
      T there = resampling.apply(joined); // [3B,S',hidden]
      return new Projected<>(
          resampling.apply(filter),
          there.reshape(from.size(0), from.size(1), there.shape().size(1), from.size(3)));
    }
  }

  /**
   * A network with fresh weights.
   *
   * @param parameters the part of the tree it owns
   * @param width values per snippet F
   * @param classes C
   */
  public BasnetModel(
      Parameters parameters, int width, int classes, int filterHidden, int hidden, double dropout) {
    Parameters filter = parameters.at("filter");
    this.filter1 = Conv1d.pointwise(filter.at("conv1"), width, filterHidden, true);
    this.filter2 = Conv1d.pointwise(filter.at("conv2"), filterHidden, 1, true);
    Parameters cas = parameters.at("cas");
    this.cas1 = Conv1d.same(cas.at("conv1"), width, hidden, 3);
    this.cas2 = Conv1d.same(cas.at("conv2"), hidden, hidden, 3);
    this.cas3 = Conv1d.pointwise(cas.at("conv3"), hidden, classes + 1, false);
    this.dropout = new Dropout(dropout);
    this.hidden = hidden;
  }

  /** The products of features {@code [B,S,F]} with the weights of the first layers. */
  public <T extends TensorOps<T>> Projected<T> project(Pass<T> pass, T x) {
    return new Projected<>(filter1.forward(pass, x), cas1.taps(pass, x));
  }

  /** Both branches on features {@code [B,S,F]}. */
  public <T extends TensorOps<T>> Output<T> forward(Pass<T> pass, T x) {
    return forward(pass, project(pass, x));
  }

  /** Both branches, as one batch of the CAS module: the features weighed by 1 and by foreground. */
  public <T extends TensorOps<T>> Output<T> forward(Pass<T> pass, Projected<T> x) {
    return both(pass, x, fresh(pass));
  }

  /**
   * The same with a dropout mask that is known.
   *
   * @param mask as {@link #mask} draws it
   */
  public <T extends TensorOps<T>> Output<T> forward(Pass<T> pass, Projected<T> x, T mask) {
    return both(pass, x, mask::multiply);
  }

  private <T extends TensorOps<T>> Output<T> both(
      Pass<T> pass, Projected<T> x, UnaryOperator<T> dropped) {
    T foreground = foreground(pass, x); // [B,S,1]
    int batch = foreground.shape().size(0);
    T weights = foreground.reshape(1, batch, foreground.shape().size(1)).pad(0, 1, 0, 1); // [2,B,S]
    T both = cas(pass, x, weights, dropped); // [2B,S,K]
    return new Output<>(foreground, both.narrow(0, 0, batch), both.narrow(0, batch, batch));
  }

  /** The suppression branch alone on features {@code [B,S,F]}: raw scores {@code [B,S,K]}. */
  public <T extends TensorOps<T>> T suppression(Pass<T> pass, T x) {
    return suppression(pass, project(pass, x));
  }

  /** The suppression branch alone: raw scores {@code [B,S,K]}. */
  public <T extends TensorOps<T>> T suppression(Pass<T> pass, Projected<T> x) {
    return suppressed(pass, x, fresh(pass));
  }

  /**
   * The same with a dropout mask that is known.
   *
   * @param mask {@code [B,S,hidden]}
   */
  public <T extends TensorOps<T>> T suppression(Pass<T> pass, Projected<T> x, T mask) {
    return suppressed(pass, x, mask::multiply);
  }

  private <T extends TensorOps<T>> T suppressed(
      Pass<T> pass, Projected<T> x, UnaryOperator<T> dropped) {
    T foreground = foreground(pass, x); // [B,S,1]
    Shape shape = foreground.shape();
    return cas(pass, x, foreground.reshape(1, shape.size(0), shape.size(1)), dropped);
  }

  /** The filtering module: {@code [B,S,1]}. */
  private <T extends TensorOps<T>> T foreground(Pass<T> pass, Projected<T> x) {
    return filter2.forward(pass, x.filter().leakyRelu(LEAK)).sigmoid();
  }

  /** The CAS module on weighings of the features, {@code [M,B,S]}: {@code [M*B,S,K]}, unbounded. */
  private <T extends TensorOps<T>> T cas(
      Pass<T> pass, Projected<T> x, T factors, UnaryOperator<T> dropped) {
    T h = cas1.weighed(pass, x.taps(), factors).leakyRelu(LEAK); // [M*B,S,hidden]
    h = dropped.apply(cas2.forward(pass, h).leakyRelu(LEAK)); // [M*B,S,hidden]
    return cas3.forward(pass, h); // [M*B,S,K]
  }

  private <T extends TensorOps<T>> UnaryOperator<T> fresh(Pass<T> pass) {
    return h -> dropout.forward(pass, h);
  }

  /**
   * A dropout mask of both branches, for passes that are to share it: 0 or {@code 1 / (1 - p)} for
   * each hidden value; 1 where the pass has no dropout.
   *
   * @param x features {@code [B,S,F]}
   * @return {@code [2B,S,hidden]}, base before suppression
   */
  public <T extends TensorOps<T>> T mask(Engine engine, Pass<T> pass, T x) {
    int rows = BRANCHES * x.shape().size(0);
    Tensor ones = engine.full(1, Shape.of(rows, x.shape().size(1), hidden));
    return dropout.forward(pass, pass.constant(ones));
  }

  /**
   * Probabilities of the classes for whole recordings: softmax over channels of the mean of the k
   * largest scores over time.
   *
   * @param cas {@code [B,S,K]}
   * @return {@code [B,K]}
   */
  public static <T extends TensorOps<T>> T videoScore(T cas, int k) {
    return cas.topKMean(k, 1).softmax();
  }
}
