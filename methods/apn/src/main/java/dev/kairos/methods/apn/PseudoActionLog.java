// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import dev.kairos.methods.files.Shown;
import dev.kairos.methods.report.PseudoActionHistory;
import dev.kairos.methods.report.PseudoActionHistory.Look;
import dev.kairos.methods.report.PseudoActionHistory.MarkedRecording;
import dev.kairos.methods.report.PseudoActionHistory.Quality;
import dev.kairos.methods.report.PseudoActionHistoryFile;
import dev.kairos.methods.run.StageFolder;
import dev.kairos.methods.training.EpochOrder;
import dev.kairos.methods.training.Progress;
import dev.kairos.methods.training.StageTrial;
import dev.kairos.methods.training.StepPosition;
import dev.kairos.methods.training.TrainingState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What pseudo actions a training found whenever it looked: before the first step of each epoch
 * whose number is a multiple of so many, and after the last step. Part of what a checkpoint holds.
 */
final class PseudoActionLog {
  private final int every;
  private final int epochs;
  private final EpochOrder order;
  private final PseudoActionLook look;
  private final List<MarkedRecording> shown;
  private final List<Look> looks = new ArrayList<>();

  /**
   * Nothing yet.
   *
   * @param every epochs between looks, 0 for none
   * @param epochs of the training
   * @param order of its steps
   */
  PseudoActionLog(int every, int epochs, EpochOrder order, PseudoActionLook look) {
    this.every = every;
    this.epochs = epochs;
    this.order = order;
    this.look = look;
    this.shown = every == 0 ? List.of() : look.shown();
  }

  void clear() {
    looks.clear();
  }

  /** Looks if the epoch that begins here asks for it. */
  void before(StepPosition at, Progress progress) {
    if (every > 0 && at.place() == 0 && at.epoch() % every == 0) {
      add(look.now(at.epoch(), at.step()), progress);
    }
  }

  /** Looks if this was the last step: at its weights, whatever others may be kept. */
  void after(StepPosition at, Progress progress) {
    if (every > 0 && at.step() + 1 == order.steps(epochs)) {
      add(look.now(epochs, at.step() + 1), progress);
    }
  }

  /** In place of any at that step or later: a training that was stopped may come by again. */
  private void add(Look newest, Progress progress) {
    looks.removeIf(other -> other.step() >= newest.step());
    looks.add(newest);
    Quality quality = newest.quality();
    if (quality != null) {
      progress.note(
          String.format(
              Locale.ROOT,
              "apn: pseudo actions after epoch %d: mAP %.4f at tIoU 0.1 to 0.7, %.4f at 0.5 to"
                  + " 0.95; starts are off by %.2f s, ends by %.2f s",
              newest.epoch(),
              quality.low().average(),
              quality.high().average(),
              quality.starts().meanAbsolute(),
              quality.ends().meanAbsolute()));
    }
  }

  /** The looks of all the training, for an estimate of its time. */
  List<StageTrial.Occasional> occasional() {
    if (every == 0 || epochs == 0) {
      return List.of();
    }
    long times = (epochs - 1) / every + 2L;
    return List.of(new StageTrial.Occasional(times, () -> look.now(0, 0)));
  }

  /** Leaves {@value PseudoActionHistoryFile#NAME}; nothing where it never looks. */
  void leave(StageFolder folder) throws IOException {
    if (every > 0) {
      PseudoActionHistoryFile.write(folder.file(PseudoActionHistoryFile.NAME), history());
    }
  }

  PseudoActionHistory history() {
    return history(looks);
  }

  private PseudoActionHistory history(List<Look> all) {
    return new PseudoActionHistory(look.pointSource(), shown, all);
  }

  void remember(TrainingState state) {
    state.text(
        "pseudo-actions.log",
        () -> PseudoActionHistoryFile.text(history()),
        text -> restore(text, state.done()));
  }

  private void restore(String text, long done) {
    PseudoActionHistory saved = PseudoActionHistoryFile.read(text);
    List<String> ids = saved.recordings().stream().map(MarkedRecording::id).toList();
    List<String> own = shown.stream().map(MarkedRecording::id).toList();
    if (!ids.equals(own)) {
      throw new IllegalArgumentException(
          "looks at other recordings: " + Shown.some(ids) + ", not " + Shown.some(own));
    }
    List<Look> restored = history(saved.looks()).looks();
    if (!restored.isEmpty() && restored.get(restored.size() - 1).step() > done) {
      throw new IllegalArgumentException("a look after step " + done);
    }
    looks.clear();
    looks.addAll(restored);
  }
}
