// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.optim.Adam;
import dev.kairos.nn.optim.Optimizer;
import dev.kairos.tensor.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WatchedStageTest {
  private final List<Long> taken = new ArrayList<>();
  private int evaluations;

  /** Twelve steps, scored after every fifth and after the last. */
  private Stage watched(Parameters parameters) {
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
          return 0.5;
        },
        3);
  }

  @Test
  void aTrialHasItsEvaluationsApartFromItsSteps() {
    try (Engine engine = Engine.open("reference", 1)) {
      StageTrial trial = watched(new Parameters(engine, new RandomKey(1, 1))).trial();
      trial.step().accept(4); // one after which the training evaluates
      assertEquals(List.of(4L), taken);
      assertEquals(0, evaluations);
      assertEquals(3, trial.heldOut());
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
}
