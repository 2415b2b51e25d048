// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn;

import dev.kairos.autograd.Gradients;
import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.kernels.RandomKey;
import dev.kairos.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;

/** A forward pass recorded for differentiation: weights are leaves of its tape, dropout is on. */
public final class TrainingPass implements Pass<Variable> {
  private final Tape tape;
  private final RandomKey key;
  private final boolean dropout;
  private final Map<Parameter, Variable> leaves = new HashMap<>();
  private long keys;

  /**
   * A run on a tape.
   *
   * @param key of this step; masks follow from it in the order in which layers ask
   */
  public TrainingPass(Tape tape, RandomKey key) {
    this(tape, key, true);
  }

  /**
   * A run on a tape, with or without dropout.
   *
   * @param dropout false for gradients of the deterministic network
   */
  public TrainingPass(Tape tape, RandomKey key, boolean dropout) {
    this.tape = tape;
    this.key = key;
    this.dropout = dropout;
  }

  /** The tape that records. */
  public Tape tape() {
    return tape;
  }

  @Override
  public Variable of(Parameter parameter) {
    return leaves.computeIfAbsent(parameter, p -> tape.leaf(p.value()));
  }

  @Override
  public Variable constant(Tensor tensor) {
    return tape.constant(tensor);
  }

  @Override
  public boolean training() {
    return dropout;
  }

  @Override
  public RandomKey nextKey() {
    return key.child(keys++);
  }

  /** The gradient of a weight; zeros if this run did not use it. */
  public Tensor gradient(Gradients gradients, Parameter parameter) {
    return gradients.of(of(parameter));
  }
}
