// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.methods.run.RunFolder;
import dev.kairos.nn.Checkpoint;
import dev.kairos.nn.optim.Optimizer;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.NpyArray;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the stages of a run remember beside the weights, as the checkpoint holds it. While a stage
 * trains, that is its own optimiser and state, and those of earlier stages that it or a later stage
 * still uses.
 */
final class StageMemory {
  private final List<Stage> stages;
  private final List<TrainingState> states = new ArrayList<>();

  StageMemory(List<Stage> stages) {
    this.stages = List.copyOf(stages);
    for (Stage stage : stages) {
      TrainingState state = new TrainingState();
      stage.remember(state);
      states.add(state);
    }
  }

  /**
   * Refuses a position that these stages never come to.
   *
   * @throws DataFormatException naming the number that is out of range
   */
  void requirePosition(RunFolder.Saved saved) {
    RunFolder.Position position = saved.position();
    saved.require(position.stage() < stages.size(), "stage", "below " + stages.size());
    Stage stage = stages.get(position.stage());
    saved.require(position.step() <= stage.steps(), "step", "at most " + stage.steps());
    List<Stage> before = stages.subList(0, position.stage());
    long most = position.step() + before.stream().mapToLong(Stage::steps).sum();
    long least =
        position.step()
            + before.stream().filter(each -> !each.mayEndEarly()).mapToLong(Stage::steps).sum();
    saved.require(
        least <= position.total() && position.total() <= most,
        "total",
        least == most ? Long.toString(most) : "from " + least + " to " + most);
    saved.require(saved.updates() <= position.total(), "updates", "at most " + position.total());
    boolean last = position.stage() == stages.size() - 1;
    boolean end = last && position.step() == stage.steps();
    boolean early = last && stage.mayEndEarly() && position.finished();
    saved.require(position.finished() == end || early, "finished", Boolean.toString(end));
  }

  /** Adds what is remembered while a stage trains, and at its end. */
  void write(int stage, Map<String, NpyArray> arrays, Map<String, String> texts) {
    for (int first : optimizers(stage)) {
      Optimizer optimizer = stages.get(first).optimizer();
      String prefix = prefix(first, stage);
      optimizer
          .state()
          .forEach((name, tensor) -> arrays.put(prefix + name, Checkpoint.array(tensor)));
      texts.put(updates(first, stage), Long.toString(optimizer.steps()));
    }
    for (String name : names(stage)) {
      latest(name, stage).write(name, arrays, texts);
    }
  }

  /** Overwrites it with what was saved. */
  void restore(RunFolder.Saved saved) {
    int stage = saved.position().stage();
    for (int first : optimizers(stage)) {
      Optimizer optimizer = stages.get(first).optimizer();
      if (isShared(first, stage) && saved.isOld()) {
        continue; // of before they were saved, when every stage began with a fresh one
      }
      String prefix = prefix(first, stage);
      optimizer
          .state()
          .forEach(
              (name, tensor) ->
                  Checkpoint.load(tensor, prefix + name, saved.arrays(), saved.file()));
      optimizer.resume(
          isShared(first, stage) ? updates(saved, updates(first, stage)) : saved.updates());
    }
    for (String name : names(stage)) {
      latest(name, stage).restore(name, saved);
    }
  }

  private static long updates(RunFolder.Saved saved, String key) {
    String text = saved.texts().getOrDefault(key, "");
    if (!text.matches("\\d{1,18}")) {
      throw DataFormatException.of(
          "KDATA-204", saved.file(), "metadata " + key + ": expected a number of steps");
    }
    return Long.parseLong(text);
  }

  /** The first stage of each optimiser that was used up to a stage, and is from it on. */
  private List<Integer> optimizers(int stage) {
    List<Integer> firsts = new ArrayList<>();
    for (int i = 0; i <= stage; i++) {
      Optimizer own = stages.get(i).optimizer();
      if (first(own) == i && uses(own, stage)) {
        firsts.add(i);
      }
    }
    return firsts;
  }

  private boolean uses(Optimizer optimizer, int from) {
    return stages.subList(from, stages.size()).stream().anyMatch(s -> s.optimizer() == optimizer);
  }

  private int first(Optimizer optimizer) {
    int i = 0;
    while (stages.get(i).optimizer() != optimizer) {
      i++;
    }
    return i;
  }

  /** Whether it is not the optimiser of the present stage. */
  private boolean isShared(int first, int stage) {
    return stages.get(first).optimizer() != stages.get(stage).optimizer();
  }

  private String prefix(int first, int stage) {
    return isShared(first, stage) ? "optimizer/" + stages.get(first).name() + "/" : "";
  }

  private String updates(int first, int stage) {
    return isShared(first, stage)
        ? RunFolder.Saved.UPDATES + "/" + stages.get(first).name()
        : RunFolder.Saved.UPDATES;
  }

  /** The names of state of stages up to one, less those of which no stage from it on knows. */
  private Set<String> names(int stage) {
    Set<String> before = new LinkedHashSet<>();
    states.subList(0, stage + 1).forEach(state -> before.addAll(state.names()));
    before.removeIf(
        name ->
            states.subList(stage, states.size()).stream()
                .noneMatch(state -> state.names().contains(name)));
    return before;
  }

  private TrainingState latest(String name, int stage) {
    int i = stage;
    while (!states.get(i).names().contains(name)) {
      i--;
    }
    return states.get(i);
  }
}
