// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.host;

import dev.kairos.autograd.Variable;
import dev.kairos.methods.training.Batch;
import dev.kairos.methods.training.TrainingTask;
import dev.kairos.nn.TrainingPass;
import java.util.List;
import java.util.Map;

/**
 * The task of a host's training: losses as ever, and with them the logits of the snippets. What a
 * step draws is a list of batches that are computed one after the other; a host that samples as
 * many snippets of every recording draws one, a host on whole recordings one for each.
 */
public interface HostTask extends TrainingTask<List<Batch>> {
  /**
   * Logits of the snippets of a batch.
   *
   * @param logits {@code [B,S,K]}, or {@code [S,K]} of one recording
   * @param weight with which their loss counts
   * @param form what makes probabilities of them
   */
  record Scores(Variable logits, double weight, Form form) {}

  /** What makes probabilities of logits. */
  enum Form {
    /** Softmax over the channels: a snippet is of one class. */
    SOFTMAX,
    /** A sigmoid of each: a snippet may be of several classes. */
    SIGMOID
  }

  /**
   * What a pass gives.
   *
   * @param losses by name, {@code loss} the one to minimise
   * @param scores of the snippets: one entry for each network or branch that learns labels
   */
  record Scored(Map<String, Variable> losses, List<Scores> scores) {
    /** Copies the scores. */
    public Scored {
      scores = List.copyOf(scores);
    }
  }

  /** The losses and the scores of one batch. */
  Scored scored(TrainingPass pass, Batch batch);

  /** Called when new labels were made: what was remembered of the network before may be stale. */
  default void renewed() {}

  @Override
  default List<List<Batch>> parts(List<Batch> batches) {
    return batches.stream().map(List::of).toList();
  }

  @Override
  default Map<String, Variable> losses(TrainingPass pass, List<Batch> part) {
    return scored(pass, part.get(0)).losses();
  }

  @Override
  default void release(List<Batch> batches) {
    batches.forEach(Batch::release);
  }
}
