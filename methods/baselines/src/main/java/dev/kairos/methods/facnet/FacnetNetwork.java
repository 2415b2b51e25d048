// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.facnet;

import dev.kairos.nn.FileLayout;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.Pass;
import dev.kairos.nn.init.Initializer;
import dev.kairos.nn.layer.Dropout;
import dev.kairos.nn.layer.Linear;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.TensorOps;
import java.util.ArrayList;
import java.util.List;

/**
 * The network of FAC-Net for one stream of one recording: two layers on each snippet, and cosines
 * with a centre of each class and one of foreground. Attention over time, at several temperatures,
 * pools features for each class or for foreground. {@code C1 = C + 1} channels, background last.
 *
 * <p>Weights: {@code fc1.weight [D,H]}, {@code fc1.bias [H]}, {@code fc2} likewise, {@code
 * centres.classes [C1,H]} and {@code centres.foreground [1,H]}, which first is the opposite of the
 * background's centre.
 */
final class FacnetNetwork {
  /** Keeps the direction of a feature of zeros a number. */
  private static final double TINY = 1e-12;

  private final Linear fc1;
  private final Linear fc2;
  private final Dropout dropout;
  private final Parameter classes;
  private final Parameter foreground;
  private final FacnetConfig config;

  /**
   * What one pass gives. Scores of the recording are before the softmax, {@code [1,C1]}.
   *
   * @param logits scaled cosines of the snippets with the classes, {@code [T,C1]}
   * @param classwise whether the feature that a class's own attention pools is foreground
   * @param agnostic classes of the feature that the attention of foreground pools
   * @param pooled the logits of each class, pooled by its own attention
   */
  record Output<T>(T logits, T classwise, T agnostic, T pooled) {}

  /**
   * A network with fresh weights.
   *
   * @param parameters the part of the tree it owns
   * @param width values per snippet D
   * @param actions classes without background C
   */
  FacnetNetwork(Parameters parameters, int width, int actions, FacnetConfig config) {
    this.config = config;
    int h = config.hidden();
    int channels = actions + 1;
    Initializer zeros = Initializer.zeros();
    this.fc1 = new Linear(parameters.at("fc1"), width, h, xavier(width, h), zeros);
    this.fc2 = new Linear(parameters.at("fc2"), h, h, xavier(h, h), zeros);
    this.dropout = new Dropout(config.dropout());
    Parameters centres = parameters.at("centres");
    this.classes =
        centres.create("classes", Shape.of(channels, h), xavier(channels, h), FileLayout.SAME);
    this.foreground = centres.create("foreground", Shape.of(1, h), zeros, FileLayout.SAME);
    try (Scope scope = parameters.engine().scope()) {
      foreground.value().assign(classes.value().narrow(0, actions, 1).negate());
    }
  }

  private static Initializer xavier(int in, int out) {
    return Initializer.uniform(Math.sqrt(6.0 / (in + out)));
  }

  /** The network on a recording's features {@code [T,D]}. */
  <T extends TensorOps<T>> Output<T> forward(Pass<T> pass, T features) {
    T h = dropout.forward(pass, fc1.forward(pass, features).relu());
    T x = dropout.forward(pass, fc2.forward(pass, h).relu()); // [T,H]
    T directions = x.l2Normalize(TINY);
    T centres = pass.of(classes).l2Normalize(TINY).transpose(0, 1); // [H,C1]
    T front = pass.of(foreground).l2Normalize(TINY).transpose(0, 1); // [H,1]
    T logits = directions.matmul(centres).multiply(config.logitScale()); // [T,C1]
    T byClass = logits.transpose(0, 1); // [C1,T]
    T byFront = directions.matmul(front).multiply(config.logitScale()).transpose(0, 1); // [1,T]
    List<T> classwise = new ArrayList<>();
    List<T> agnostic = new ArrayList<>();
    List<T> pooled = new ArrayList<>();
    for (double temperature : config.temperatures()) {
      T own = byClass.multiply(temperature).softmax(); // [C1,T]
      T common = byFront.multiply(temperature).softmax(); // [1,T]
      classwise.add(own.matmul(x).l2Normalize(TINY).matmul(front)); // [C1,1]
      agnostic.add(common.matmul(x).l2Normalize(TINY).matmul(centres)); // [1,C1]
      pooled.add(byClass.multiply(own).sum(true, 1)); // [C1,1]
    }
    return new Output<>(
        logits,
        mean(classwise).multiply(config.pooledScale()).transpose(0, 1),
        mean(agnostic).multiply(config.pooledScale()),
        mean(pooled).multiply(config.milScale()).transpose(0, 1));
  }

  private static <T extends TensorOps<T>> T mean(List<T> all) {
    return all.stream().reduce(TensorOps::add).orElseThrow().multiply(1.0 / all.size());
  }
}
