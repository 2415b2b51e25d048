// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.evaluation.Protocol;
import dev.kairos.methods.evaluation.ValidationFile;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.optim.Adam;
import dev.kairos.nn.optim.Optimizer;
import dev.kairos.tensor.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchedStageTest {
  private final List<Long> taken = new ArrayList<>();
  private int evaluations;

  /** Twelve steps, scored after every fifth and after the last. */
  private Stage watched(Parameters parameters) {
    return watched(parameters, 0);
  }

  private Stage watched(Parameters parameters, int patience) {
    Adam adam = new Adam(parameters, Adam.Options.defaults());
    Stage inner =
        new Stage() {
          @Override
          public String name() {
            return "inner";
          }

          @Override
          public long steps() {
            return 12;
          }

          @Override
          public Optimizer optimizer() {
            return adam;
          }

          @Override
          public Step prepare(long step) {
            return progress -> {
              taken.add(step);
              return Map.of("loss", 0.0);
            };
          }
        };
    return new WatchedStage(
        inner,
        parameters,
        step -> (step + 1) % 5 == 0,
        () -> {
          evaluations++;
          return new HeldOutScores.Score(0.5, Double.NaN);
        },
        List.of(new HeldOutScores("inner", 12, patience)),
        new ValidationFile.Content(
            Protocol.ACTIVITYNET,
            List.of(0.5),
            "subset val",
            List.of("a"),
            List.of(),
            Optional.empty(),
            List.of()));
  }

  @Test
  void aTrialHasItsEvaluationsApartFromItsSteps() {
    try (Engine engine = Engine.open("reference", 1)) {
      StageTrial trial = watched(new Parameters(engine, new RandomKey(1, 1))).trial();
      trial.step().accept(4); // one after which the training evaluates
      assertEquals(List.of(4L), taken);
      assertEquals(0, evaluations);
      assertEquals(1, trial.occasional().size());
      assertEquals(3, trial.occasional().get(0).times());
      trial.occasional().get(0).work().run();
      assertEquals(1, evaluations);
    }
  }

  @Test
  void aTrainingEvaluatesAsOftenAsTheTrialSays() {
    try (Engine engine = Engine.open("reference", 1)) {
      Stage stage = watched(new Parameters(engine, new RandomKey(1, 1)));
      for (long step = 0; step < stage.steps(); step++) {
        var unused = stage.step(step);
      }
      assertEquals(stage.trial().occasional().get(0).times(), evaluations);
    }
  }

  @Test
  void itIsOverWhenNothingBetterComes() {
    try (Engine engine = Engine.open("reference", 1)) {
      Stage patient = watched(new Parameters(engine, new RandomKey(1, 1)), 2);
      Stage stage = watched(new Parameters(engine, new RandomKey(1, 1)), 1);
      assertTrue(stage.mayEndEarly());
      for (long step = 0; step < 10; step++) {
        assertFalse(stage.isOver(step), "after " + step);
        var unused = stage.step(step);
        unused = patient.step(step);
      }
      assertTrue(stage.isOver(10)); // the second evaluation is as good as the first, not better
      assertFalse(patient.isOver(10));
      assertTrue(patient.isOver(12));
    }
  }

  @Test
  void scoresReadBackAndThoseOfBeforeHaveNoClassification() {
    HeldOutScores scores = new HeldOutScores("inner", 12, 0);
    scores.put(5, new HeldOutScores.Score(0.25, 0.75));
    scores.put(10, new HeldOutScores.Score(0.5, Double.NaN));
    scores.put(12, new HeldOutScores.Score(0.5, 1));
    HeldOutScores read = new HeldOutScores("inner", 12, 0);
    read.read(scores.written());
    assertEquals(scores.evaluations(3), read.evaluations(3));
    assertEquals(10, read.best());
    assertEquals(12, read.last());
    assertEquals(13, read.kept(3).orElseThrow().total());
    read.read("5=0.25 10=0.125");
    assertEquals(5, read.best());
    assertTrue(Double.isNaN(read.evaluations(0).get(1).classification()));
    read.read("");
    assertTrue(read.isEmpty());
    assertEquals(Optional.empty(), read.kept(0));
    for (String wrong : List.of("5", "5=x", "x=1", "5=1/2/3")) {
      assertThrows(IllegalArgumentException.class, () -> read.read(wrong), wrong);
    }
  }
}
