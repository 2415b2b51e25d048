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
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

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

  /** Keeps the slope of the length of a snippet of zeros finite. */
  private static final double LEAST_SQUARE = 1e-30;

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
   * Embedded snippets, and of them what all heads and walks share.
   *
   * @param values x, {@code [T,H]}
   * @param squares of their lengths, {@code [T,1]}
   * @param products with the directions of all centres, foreground last, {@code [T,C1+1]}
   */
  public record Embedding<T>(T values, T squares, T products) {}

  /**
   * What one pass gives.
   *
   * @param embedding of the snippets
   * @param representatives mu, {@code [K,H]}
   * @param memoryScores scores of the representatives by class, before the softmax, {@code [K,C1]}
   * @param original the head on the embedding
   * @param propagated the head on the embedding after the random walk
   */
  public record Output<T>(
      Embedding<T> embedding,
      T representatives,
      T memoryScores,
      Head<T> original,
      Head<T> propagated) {}

  /**
   * Where a walk leads: to {@code (1-w) (x + Z S)}, of which only the two factors are ever made.
   *
   * @param assignment Z, {@code [T,K]}
   * @param snippets S, {@code [K,H]}
   */
  private record Walk<T>(T assignment, T snippets) {}

  /** Embedded snippets with representatives, and their products {@code [T,K]}. */
  private record Represented<T>(Embedding<T> embedding, T representatives, T products) {}

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
    T directions = directions(pass);
    T centres = directions.narrow(0, options.representatives(), channels() + 1);
    Represented<T> found = represented(pass, features, directions);
    Embedding<T> x = found.embedding();
    T mu = found.representatives();
    T own = mu.l2Normalize(NORM_EPSILON).matmul(transposed(centres.narrow(0, 0, channels())));
    Walk<T> walk = walk(x.values(), assignment(found.products(), x.squares()), mu);
    return new Output<>(
        x, mu, own.multiply(options.scale()), head(x, centres), head(x, walk, centres));
  }

  /**
   * The embedding into which its own representative snippets are carried, before any head: {@code
   * [T,H]} of features {@code [T,D]}.
   */
  public <T extends TensorOps<T>> T carried(Pass<T> pass, T features) {
    T directions = pass.of(representatives).l2Normalize(NORM_EPSILON);
    Represented<T> found = represented(pass, features, directions);
    Embedding<T> x = found.embedding();
    T z = assignment(found.products(), x.squares());
    return arrived(x.values(), walk(x.values(), z, found.representatives()));
  }

  /**
   * The head on an embedding into which other snippets are carried: those of the memory bank.
   *
   * @param x {@link Output#embedding}
   * @param snippets {@code [N,H]}
   */
  public <T extends TensorOps<T>> Head<T> propagated(Pass<T> pass, Embedding<T> x, T snippets) {
    T centres = directions(pass).narrow(0, options.representatives(), channels() + 1);
    T z = assignment(products(x.values(), snippets), x.squares());
    return head(x, walk(x.values(), z, snippets), centres);
  }

  /** The random walk from x {@code [T,H]} by snippets mu {@code [K,H]}: {@code [T,H]}. */
  <T extends TensorOps<T>> T propagate(T x, T mu) {
    return arrived(x, walk(x, assignment(products(x, mu), squares(x)), mu));
  }

  private int channels() {
    return classes.value().shape().size(0);
  }

  /**
   * Directions of all that snippets are first compared with: representatives to begin with,
   * classes, foreground, {@code [K+C1+1,H]}. Compared at once, snippets are read once.
   */
  private <T extends TensorOps<T>> T directions(Pass<T> pass) {
    return pass.of(representatives)
        .concat(0, List.of(pass.of(classes), pass.of(foreground)))
        .l2Normalize(NORM_EPSILON);
  }

  /**
   * Embedding, then expectation and maximisation.
   *
   * @param directions of the representatives to begin with, and of whatever else
   */
  private <T extends TensorOps<T>> Represented<T> represented(
      Pass<T> pass, T features, T directions) {
    T x = dropout.forward(pass, embed.forward(pass, features).relu()); // [T,H]
    T squares = squares(x);
    T products = x.matmul(transposed(directions)); // [T,K+C1+1]
    int k = options.representatives();
    T centres = products.narrow(1, k, products.shape().size(1) - k);
    T mu = pass.of(representatives);
    T near = products.narrow(1, 0, k);
    for (int i = 0; i < options.rounds(); i++) {
      mu = transposed(shares(assignment(near, squares))).matmul(x); // [K,H]
      near = products(x, mu);
    }
    return new Represented<>(new Embedding<>(x, squares, centres), mu, near);
  }

  /** Squares of the lengths of rows, {@code [T,1]}. */
  private static <T extends TensorOps<T>> T squares(T x) {
    return x.square().sum(true, 1);
  }

  /** Products of snippets {@code [T,H]} with the directions of others {@code [K,H]}. */
  private static <T extends TensorOps<T>> T products(T x, T others) {
    return x.matmul(transposed(others.l2Normalize(NORM_EPSILON)));
  }

  private static <T extends TensorOps<T>> T transposed(T x) {
    return x.transpose(0, 1);
  }

  /**
   * Cosines of products with directions {@code [T,N]}: dividing these by the lengths of snippets
   * spares their directions {@code [T,H]}.
   */
  private static <T extends TensorOps<T>> T cosines(T products, T squares) {
    return products.divide(squares.add(LEAST_SQUARE).sqrt().add(NORM_EPSILON));
  }

  /** How much each snippet belongs to each of K others: rows sum to 1, {@code [T,K]}. */
  private <T extends TensorOps<T>> T assignment(T products, T squares) {
    return cosines(products, squares).multiply(options.sharpness()).softmax();
  }

  /** The assignment with columns that sum to 1. */
  private static <T extends TensorOps<T>> T shares(T z) {
    return z.divide(z.sum(true, 0).add(NORM_EPSILON));
  }

  /**
   * The random walk {@code (1-w) (I - w^2 A)^-1 (w Z mu + x)} with {@code A = Z N'}, where Z is the
   * assignment {@code [T,K]} and N has columns that sum to 1. By Woodbury's identity the T by T
   * inverse becomes one of K by K, and the walk {@code (1-w) (x + Z S)} with {@code S = w (I - w^2
   * N'Z)^-1 (mu + w N'x)}.
   */
  private <T extends TensorOps<T>> Walk<T> walk(T x, T z, T mu) {
    double w = options.walk();
    int k = z.shape().size(1);
    T gather = transposed(shares(z)); // [K,T]
    T system = z.constant(identity(k)).subtract(gather.matmul(z).multiply(w * w)); // [K,K]
    T right = gather.matmul(x).multiply(w).add(mu).multiply(w); // [K,H]
    return new Walk<>(z, system.reshape(1, k, k).solve(right.reshape(1, k, -1)).reshape(k, -1));
  }

  private <T extends TensorOps<T>> T arrived(T x, Walk<T> walk) {
    return walk.assignment().matmul(walk.snippets(), x).multiply(1 - options.walk());
  }

  /** The head on the embedding. */
  private <T extends TensorOps<T>> Head<T> head(Embedding<T> x, T centres) {
    return head(
        x.products(), x.squares(), centres, weights -> transposed(weights).matmul(x.values()));
  }

  /**
   * The head on {@code y = (1-w) (x + Z S)} without y: its products with the centres and with
   * weights are those of x and of S, and its squares are {@code x.x + 2 Z.(x S') + Z.(Z S S')}.
   */
  private <T extends TensorOps<T>> Head<T> head(Embedding<T> x, Walk<T> walk, T centres) {
    double factor = 1 - options.walk();
    T z = walk.assignment();
    T s = walk.snippets();
    T products = z.matmul(s.matmul(transposed(centres)), x.products()); // [T,C1+1]
    T mixed = x.values().matmul(transposed(s)).multiply(2); // [T,K]
    T added = z.multiply(z.matmul(s.matmul(transposed(s)), mixed)).sum(true, 1); // [T,1]
    return head(
        products.multiply(factor),
        x.squares().add(added).relu().multiply(factor * factor), // rounded, it can be below 0
        centres,
        weights -> {
          T turned = transposed(weights); // [N,T]
          return turned.matmul(z).matmul(s, turned.matmul(x.values())).multiply(factor);
        });
  }

  /**
   * The head on features y of T snippets.
   *
   * @param products of y with the directions of the centres, {@code [T,C1+1]}
   * @param squares of the lengths of y, {@code [T,1]}
   * @param centres directions of the classes' centres and the foreground's, {@code [C1+1,H]}
   * @param sums sums of y by weights {@code [T,N]}, {@code [N,H]}
   */
  private <T extends TensorOps<T>> Head<T> head(
      T products, T squares, T centres, UnaryOperator<T> sums) {
    double scale = options.scale();
    int channels = channels();
    T logits = cosines(products, squares).multiply(scale); // [T,C1+1]
    T weights = logits.sigmoid();
    T totals = transposed(weights.sum(true, 0)); // [C1+1,1]
    T pooled =
        sums.apply(weights).divide(totals.add(POOL_EPSILON)).l2Normalize(NORM_EPSILON); // [C1+1,H]
    T own = centres.narrow(0, 0, channels);
    T agnostic = pooled.narrow(0, channels, 1).matmul(transposed(own)).multiply(scale); // [1,C1]
    T classwise = pooled.narrow(0, 0, channels).multiply(own).sum(false, 1).multiply(scale);
    return new Head<>(
        logits.narrow(1, 0, channels),
        weights.narrow(1, channels, 1),
        agnostic,
        classwise.reshape(1, -1));
  }
}
