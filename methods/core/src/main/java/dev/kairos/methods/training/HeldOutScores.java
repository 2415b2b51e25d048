// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.methods.evaluation.ValidationFile.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How a stage scored on what is held out, by the number of its steps that were done. */
final class HeldOutScores {
  private final String stage;
  private final long steps;
  private final int patience;
  private final TreeMap<Long, Score> scores = new TreeMap<>();

  /**
   * One evaluation.
   *
   * @param average mean mAP
   * @param classification how well the classes of recordings were told, NaN where nobody says
   */
  record Score(double average, double classification) {}

  /**
   * None yet.
   *
   * @param steps of the stage, where it does not end early
   * @param patience after how many evaluations without a better one the stage ends; 0 for never
   */
  HeldOutScores(String stage, long steps, int patience) {
    this.stage = stage;
    this.steps = steps;
    this.patience = patience;
  }

  String stage() {
    return stage;
  }

  int patience() {
    return patience;
  }

  void put(long done, Score score) {
    scores.put(done, score);
  }

  boolean isEmpty() {
    return scores.isEmpty();
  }

  /** Steps that were done at the last evaluation: of a stage that is over, all it took. */
  long last() {
    return scores.isEmpty() ? 0 : scores.lastKey();
  }

  /** Steps that were done when it scored best, the first of several; 0 where nothing was scored. */
  long best() {
    long best = 0;
    double highest = Double.NEGATIVE_INFINITY;
    for (Map.Entry<Long, Score> entry : scores.entrySet()) {
      if (entry.getValue().average() > highest) {
        highest = entry.getValue().average();
        best = entry.getKey();
      }
    }
    return best;
  }

  /** Whether the last evaluations showed for so long nothing better that the stage ends. */
  boolean isExhausted() {
    return patience > 0 && scores.tailMap(best(), false).size() >= patience;
  }

  /** Whether it ended before its last step. */
  boolean isEndedEarly() {
    return isExhausted() && last() < steps;
  }

  /**
   * All evaluations.
   *
   * @param before steps of the stages before this one
   */
  List<Evaluation> evaluations(long before) {
    List<Evaluation> all = new ArrayList<>();
    scores.forEach(
        (done, score) ->
            all.add(
                new Evaluation(
                    stage, done, before + done, score.average(), score.classification())));
    return all;
  }

  /** The evaluation that scored best. */
  Optional<Evaluation> kept(long before) {
    long best = best();
    return evaluations(before).stream().filter(each -> each.step() == best).findFirst();
  }

  /** As a checkpoint holds them: {@code STEP=AVERAGE/CLASSIFICATION}, spaces between. */
  String written() {
    return scores.entrySet().stream()
        .map(
            entry ->
                entry.getKey()
                    + ("=" + entry.getValue().average())
                    + ("/" + entry.getValue().classification()))
        .collect(Collectors.joining(" "));
  }

  /** Takes what was written, in checkpoints of before without the classification. */
  void read(String text) {
    scores.clear();
    for (String entry : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
      String[] parts = entry.split("[=/]", -1);
      if (parts.length < 2 || parts.length > 3) {
        throw new IllegalArgumentException("expected STEP=SCORE, found " + entry);
      }
      double classification = parts.length == 3 ? Double.parseDouble(parts[2]) : Double.NaN;
      scores.put(Long.parseLong(parts[0]), new Score(Double.parseDouble(parts[1]), classification));
    }
  }
}
