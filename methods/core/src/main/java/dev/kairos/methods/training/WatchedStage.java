// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.methods.evaluation.ValidationFile;
import dev.kairos.methods.evaluation.ValidationFile.Evaluation;
import dev.kairos.methods.files.Plural;
import dev.kairos.methods.run.BestCheckpoint;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.nn.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

/**
 * A stage that is scored now and then: the weights that scored best are kept, and it ends early
 * where nothing better comes for long. Scores and best weights are part of what it remembers, so a
 * stopped training goes on to the same bits.
 */
final class WatchedStage extends ForwardingStage {
  /** The name of the score among the metrics. */
  static final String MAP = "validation/mAP";

  /** The name of the classification mAP among the metrics. */
  static final String CLASSIFICATION = "validation/classification";

  private static final String STATE = "heldOut";

  private final BestWeights best;
  private final LongPredicate due;
  private final Scoring scoring;
  private final List<HeldOutScores> before; // of the stages before this one
  private final HeldOutScores scores;
  private final ValidationFile.Content about;
  private long written; // the step of the best weights in the run folder

  /** Scores the weights as they are. */
  @FunctionalInterface
  interface Scoring {
    HeldOutScores.Score now() throws IOException;
  }

  /**
   * Watches a stage.
   *
   * @param due whether an evaluation follows a step; one always follows the last
   * @param all scores of the stages up to this one, the last its own
   * @param about what is scored and how, without evaluations
   */
  WatchedStage(
      Stage stage,
      Parameters parameters,
      LongPredicate due,
      Scoring scoring,
      List<HeldOutScores> all,
      ValidationFile.Content about) {
    super(stage);
    this.best = new BestWeights(parameters);
    this.due = due;
    this.scoring = scoring;
    this.before = List.copyOf(all.subList(0, all.size() - 1));
    this.scores = all.get(all.size() - 1);
    this.about = about;
  }

  @Override
  public boolean isOver(long done) {
    return super.isOver(done) || scores.isExhausted();
  }

  @Override
  public boolean mayEndEarly() {
    return scores.patience() > 0;
  }

  @Override
  public StageTrial trial() {
    long last = steps() - 1;
    long times = LongStream.rangeClosed(0, last).filter(s -> s == last || due.test(s)).count();
    return super.trial().with(new StageTrial.Occasional(times, this::now));
  }

  @Override
  public void remember(TrainingState state) {
    super.remember(state);
    best.remember(STATE + "." + name(), state); // stages do not share their best weights
    for (HeldOutScores each : before) {
      remember(each, state);
    }
    remember(scores, state);
  }

  private static void remember(HeldOutScores each, TrainingState state) {
    state.text(STATE + "." + each.stage() + ".scores", each::written, each::read);
  }

  @Override
  public Step prepare(long step) {
    Step prepared = super.prepare(step);
    long done = step + 1;
    return progress -> {
      Map<String, Double> metrics = prepared.run(progress);
      if (done < steps() && !due.test(step)) {
        return metrics;
      }
      HeldOutScores.Score now = now();
      scores.put(done, now);
      best.offer(now.average());
      if (isOver(done)) {
        progress.note(summary(done));
      }
      Map<String, Double> all = new LinkedHashMap<>(metrics);
      all.put(MAP, now.average());
      if (!Double.isNaN(now.classification())) {
        all.put(CLASSIFICATION, now.classification());
      }
      return all;
    };
  }

  private HeldOutScores.Score now() {
    try {
      return scoring.now();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String summary(long done) {
    String early =
        done < steps()
            ? "ended early, after %s without a better one; "
                .formatted(Plural.of(scores.patience(), "evaluation"))
            : "";
    return String.format(
        Locale.ROOT,
        "%s: %sthe weights after step %d of %d are kept, average mAP %.2f %% on what was held out",
        name(),
        early,
        scores.best(),
        steps(),
        best.score() * 100);
  }

  @Override
  public void keepBest() {
    super.keepBest();
    best.restore();
  }

  @Override
  public void saved(RunFolder run, RunFolder.Position position) throws IOException {
    super.saved(run, position);
    if (scores.isEmpty()) {
      return; // what the stage before left is the best so far
    }
    long earlier = position.total() - position.step();
    if (written != scores.best() && !best.weights().isEmpty()) {
      BestCheckpoint.write(
          run,
          best.weights(),
          position.stage(),
          scores.best(),
          earlier + scores.best(),
          best.score());
      written = scores.best();
    }
    ValidationFile.write(run.file(ValidationFile.NAME), content(earlier));
  }

  private ValidationFile.Content content(long earlier) {
    List<Evaluation> evaluations = new ArrayList<>();
    List<String> early = new ArrayList<>();
    long from = 0;
    for (HeldOutScores each : before) {
      evaluations.addAll(each.evaluations(from));
      from += each.last();
      if (each.isEndedEarly()) {
        early.add(each.stage());
      }
    }
    evaluations.addAll(scores.evaluations(earlier));
    if (scores.isEndedEarly()) {
      early.add(name());
    }
    return new ValidationFile.Content(
        about.protocol(),
        about.tious(),
        about.subset(),
        about.recordings(),
        evaluations,
        scores.kept(earlier),
        early);
  }
}
