// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.rskp;

import dev.kairos.nn.FileLayout;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.Pass;
import dev.kairos.nn.init.Initializer;
import dev.kairos.nn.layer.Dropout;
import dev.kairos.nn.layer.Linear;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.TensorOps;
import java.util.HashMap;
import java.util.Map;

/**
 * The network of RSKP for one recording of T snippets. Expectation and maximisation finds K
 * representative snippets, a random walk carries them to all snippets, and one head of cosine
 * similarities scores both the original and the propagated features. {@code C1 = C + 1} channels,
 * background last.
 *
 * <p>Weights: {@code embed.weight [D,H]}, {@code embed.bias [H]}; {@code representatives [K,H]},
 * from which the expectation begins; {@code centres.classes [C1,H]} and {@code centres.foreground
 * [1,H]}, which first is the opposite of the background's centre.
 *
 * <p>Source: RSKP, CVPR 2022, sections 3.2 to 3.4, and its published code.
 */
public final class RskpNetwork {
  private static final double NORM_EPSILON = 1e-9;
  private static final double POOL_EPSILON = 1e-5;

  private final Options options;
  private final Linear embed;
  private final Dropout dropout;
  private final Parameter representatives;
  private final Parameter classes;
  private final Parameter foreground;
  private final Engine engine;
  private final Map<Integer, Tensor> identities = new HashMap<>();

  /**
   * Sizes and constants.
   *
   * @param hidden H, values of an embedded snippet
   * @param representatives K
   * @param rounds of expectation and maximisation
   * @param sharpness factor of the cosines by which a snippet is assigned to representatives
   * @param walk w, how far the random walk goes, in (0, 1)
   * @param scale factor of the head's cosines
   * @param dropout probability with which an embedded value is dropped in training
   */
  public record Options(
      int hidden,
      int representatives,
      int rounds,
      double sharpness,
      double walk,
      double scale,
      double dropout) {
    /** The published values at a width. */
    public static Options published(int hidden) {
      return new Options(hidden, 8, 2, 5, 0.5, 20, 0.6);
    }

    /** The same with another dropout. */
    public Options withDropout(double other) {
      return new Options(hidden, representatives, rounds, sharpness, walk, scale, other);
    }
  }

  /**
   * The head's answer on features of T snippets. Scores of recordings are before the softmax.
   *
   * @param logits scaled cosines with the centre of each class, {@code [T,C1]}
   * @param attention probability of foreground, {@code [T,1]}
   * @param agnostic scores of the recording by the features that attention pools, {@code [1,C1]}
   * @param classwise score of each class by the features that its own channel pools, {@code [1,C1]}
   */
  public record Head<T>(T logits, T attention, T agnostic, T classwise) {}

  /**
   * What one pass gives.
   *
   * @param embedding x, {@code [T,H]}
   * @param representatives mu, {@code [K,H]}
   * @param memoryScores scores of the representatives by class, before the softmax, {@code [K,C1]}
   * @param original the head on the embedding
   * @param propagated the head on the embedding after the random walk
   */
  public record Output<T>(
      T embedding, T representatives, T memoryScores, Head<T> original, Head<T> propagated) {}

  /**
   * A network with fresh weights.
   *
   * @param parameters the part of the tree it owns
   * @param width values per snippet D
   * @param actions classes without background C
   */
  public RskpNetwork(Parameters parameters, int width, int actions, Options options) {
    this.options = options;
    int h = options.hidden();
    int k = options.representatives();
    int channels = actions + 1;
    this.embed =
        new Linear(parameters.at("embed"), width, h, xavier(width, h), Initializer.zeros());
    this.dropout = new Dropout(options.dropout());
    this.representatives =
        parameters.create("representatives", Shape.of(k, h), xavier(k, h), FileLayout.SAME);
    Parameters centres = parameters.at("centres");
    this.classes =
        centres.create("classes", Shape.of(channels, h), xavier(channels, h), FileLayout.SAME);
    this.foreground =
        centres.create("foreground", Shape.of(1, h), Initializer.zeros(), FileLayout.SAME);
    this.engine = parameters.engine();
    try (Scope scope = engine.scope()) {
      foreground.value().assign(classes.value().narrow(0, actions, 1).negate());
    }
  }

  private static Initializer xavier(int in, int out) {
    return Initializer.uniform(Math.sqrt(6.0 / (in + out)));
  }

  private Tensor identity(int size) {
    return identities.computeIfAbsent(
        size,
        n -> {
          double[] values = new double[n * n];
          for (int i = 0; i < n; i++) {
            values[i * n + i] = 1;
          }
          return engine.lasting(Shape.of(n, n), values);
        });
  }

  /** The whole network on a recording's features {@code [T,D]}. */
  public <T extends TensorOps<T>> Output<T> forward(Pass<T> pass, T features) {
    T x = embedding(pass, features);
    T directions = x.l2Normalize(NORM_EPSILON);
    T mu = representatives(pass, x, directions);
    T scores = mu.l2Normalize(NORM_EPSILON).matmul(classCentres(pass)).multiply(options.scale());
    return new Output<>(
        x, mu, scores, head(pass, x, directions), head(pass, propagate(x, directions, mu)));
  }

  /**
   * The embedding into which its own representative snippets are carried, before any head: {@code
   * [T,H]} of features {@code [T,D]}.
   */
  public <T extends TensorOps<T>> T carried(Pass<T> pass, T features) {
    T x = embedding(pass, features);
    T directions = x.l2Normalize(NORM_EPSILON);
    return propagate(x, directions, representatives(pass, x, directions));
  }

  private <T extends TensorOps<T>> T embedding(Pass<T> pass, T features) {
    return dropout.forward(pass, embed.forward(pass, features).relu()); // [T,H]
  }

  /** Expectation and maximisation, {@code [K,H]}. */
  private <T extends TensorOps<T>> T representatives(Pass<T> pass, T x, T directions) {
    T mu = pass.of(representatives);
    for (int i = 0; i < options.rounds(); i++) {
      mu = shares(assignment(mu, directions)).transpose(0, 1).matmul(x);
    }
    return mu;
  }

  /**
   * The head on an embedding into which other snippets are carried: those of the memory bank.
   *
   * @param embedding {@link Output#embedding}
   * @param snippets {@code [N,H]}
   */
  public <T extends TensorOps<T>> Head<T> propagated(Pass<T> pass, T embedding, T snippets) {
    return head(pass, propagate(embedding, embedding.l2Normalize(NORM_EPSILON), snippets));
  }

  /** How much each snippet belongs to each of K others: rows sum to 1, {@code [T,K]}. */
  private <T extends TensorOps<T>> T assignment(T mu, T directions) {
    T centres = mu.l2Normalize(NORM_EPSILON).transpose(0, 1);
    return directions.matmul(centres).multiply(options.sharpness()).softmax();
  }

  /** The assignment with columns that sum to 1. */
  private static <T extends TensorOps<T>> T shares(T z) {
    return z.divide(z.sum(true, 0).add(NORM_EPSILON));
  }

  /**
   * The random walk {@code (1-w) (I - w^2 A)^-1 (w Z mu + x)} with {@code A = Z N'}, where Z is the
   * assignment {@code [T,K]} and N has columns that sum to 1. By Woodbury's identity the T by T
   * inverse becomes one of K by K.
   */
  <T extends TensorOps<T>> T propagate(T x, T directions, T mu) {
    double w = options.walk();
    T z = assignment(mu, directions); // [T,K]
    T gather = shares(z).transpose(0, 1); // [K,T]
    T start = z.multiply(w * (1 - w)).matmul(mu, x.multiply(1 - w)); // [T,H], times 1 - w already
    T back = z.multiply(w * w);
    int k = z.shape().size(1);
    T system = z.constant(identity(k)).subtract(gather.matmul(back)); // [K,K]
    T inner = system.reshape(1, k, k).solve(gather.matmul(start).reshape(1, k, -1)).reshape(k, -1);
    return back.matmul(inner, start);
  }

  /** The head on features {@code [T,H]}. */
  private <T extends TensorOps<T>> Head<T> head(Pass<T> pass, T x) {
    return head(pass, x, x.l2Normalize(NORM_EPSILON));
  }

  private <T extends TensorOps<T>> Head<T> head(Pass<T> pass, T x, T directions) {
    T centres = classCentres(pass); // [H,C1]
    T front = pass.of(foreground).l2Normalize(NORM_EPSILON).transpose(0, 1); // [H,1]
    double scale = options.scale();
    T logits = directions.matmul(centres).multiply(scale); // [T,C1]
    T attention = directions.matmul(front).multiply(scale).sigmoid(); // [T,1]
    T agnostic = pool(attention, x).matmul(centres).multiply(scale); // [1,C1]
    T own = pool(logits.sigmoid(), x); // [C1,H]
    T classwise = own.multiply(centres.transpose(0, 1)).sum(false, 1).multiply(scale);
    return new Head<>(logits, attention, agnostic, classwise.reshape(1, -1));
  }

  /** Directions of the centres of all classes, {@code [H,C1]}. */
  private <T extends TensorOps<T>> T classCentres(Pass<T> pass) {
    return pass.of(classes).l2Normalize(NORM_EPSILON).transpose(0, 1);
  }

  /** Directions of the weighted means of snippets: weights {@code [T,N]} to {@code [N,H]}. */
  private static <T extends TensorOps<T>> T pool(T weights, T x) {
    T sums = weights.transpose(0, 1).matmul(x); // [N,H]
    T totals = weights.sum(true, 0).transpose(0, 1); // [N,1]
    return sums.divide(totals.add(POOL_EPSILON)).l2Normalize(NORM_EPSILON);
  }
}
