// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.backbone.BasnetModel;
import dev.kairos.methods.data.FeatureStream;
import dev.kairos.nn.EvaluationPass;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.TrainingPass;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class IlgModelTest {
  private static final int[] FEATURES = {2, 7, 5};
  private static final int STREAM = 1;
  private static final List<FeatureStream> STREAMS =
      List.of(new FeatureStream("rgb", 3), new FeatureStream("flow", FEATURES[2]));

  private static IlgModel model(Parameters parameters, boolean shared) {
    return new IlgModel(parameters, STREAMS, new IlgModel.Sizes(3, 4, 6, 0.5), shared);
  }

  /** The scores of a resampled pass, then what the sum of their squares gives each weight. */
  private static List<double[]> pass(
      Parameters parameters, IlgModel model, double[] x, UnaryOperator<Variable> how, boolean all) {
    Engine engine = parameters.engine();
    Tensor features = engine.tensor(x, FEATURES);
    List<double[]> found = new ArrayList<>();
    try (Tape tape = new Tape(engine)) {
      TrainingPass pass = new TrainingPass(tape, new RandomKey(1, 2), false);
      Variable given = pass.constant(features);
      Variable out =
          all
              ? model.suppression(pass, STREAM, how.apply(given))
              : model.resampled(pass, STREAM, given, model.project(pass, STREAM, given), how);
      found.add(out.value().toDoubles());
      var gradients = tape.backward(out.square().sum());
      for (Parameter each : parameters.at("flow").below()) {
        found.add(pass.gradient(gradients, each).toDoubles());
      }
    }
    return found;
  }

  /** Scores and gradients are those of the network on features that were resampled first. */
  @Test
  void projectionsMayBeResampledInsteadOfFeatures() {
    long seed = 17;
    double[] x = new SplittableRandom(seed).doubles(2 * 7 * 5, -1, 1).toArray();
    try (Engine engine = Engine.open("reference", 1)) {
      Parameters parameters = new Parameters(engine, new RandomKey(3, 4));
      IlgModel model = model(parameters, true);
      for (TimeResampling convention : TimeResampling.values()) {
        for (int length : new int[] {1, 3, 7, 10, 14}) {
          UnaryOperator<Variable> how = v -> convention.apply(engine, v, length);
          List<double[]> expected = pass(parameters, model, x, how, true);
          List<double[]> found = pass(parameters, model, x, how, false);
          assertEquals(10, expected.size());
          for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(
                expected.get(i),
                found.get(i),
                1e-12,
                "seed " + seed + ", " + convention + " to " + length + ", part " + i);
          }
        }
      }
    }
  }

  @Test
  void weightsThatAreNotSharedAreOnesOwn() {
    double[] x = new SplittableRandom(5).doubles(2 * 7 * 5, -1, 1).toArray();
    try (Engine engine = Engine.open("reference", 1)) {
      Parameters parameters = new Parameters(engine, new RandomKey(3, 4));
      IlgModel model = model(parameters, false);
      UnaryOperator<Variable> how = v -> TimeResampling.HALF_PIXEL.apply(engine, v, 10);
      double[] shared = pass(parameters, model, x, how, true).get(0);
      double[] own = pass(parameters, model, x, how, false).get(0);
      assertEquals(shared.length, own.length);
      assertFalse(Arrays.equals(shared, own));
    }
  }

  /** The losses of a step with dropout on. */
  private static Map<String, Double> losses(boolean sharedMasks, boolean dropout, double scale) {
    double[] x = new SplittableRandom(8).doubles(2 * 7 * 8, -1, 1).toArray();
    try (Engine engine = Engine.open("reference", 1)) {
      IlgModel model = model(new Parameters(engine, new RandomKey(3, 4)), true);
      IlgLosses losses =
          new IlgLosses(
              2, 1e-4, 0.5, 0.5, 0.5, Consistency.DEFAULT, TimeResampling.HALF_PIXEL, sharedMasks);
      try (Tape tape = new Tape(engine)) {
        TrainingPass pass = new TrainingPass(tape, new RandomKey(1, 2), dropout);
        List<Variable> streams =
            model.split(engine.tensor(x, 2, 7, 8)).stream().map(pass::constant).toList();
        Variable labels = pass.constant(engine.tensor(new double[] {1, 0, 0, 1, 1, 0}, 2, 3));
        Map<String, Double> values = new TreeMap<>();
        losses
            .of(engine, model, pass, streams, labels, scale)
            .forEach((name, loss) -> values.put(name, loss.value().item()));
        return values;
      }
    }
  }

  /** At the same length both passes are the same function, but for what they drop. */
  @Test
  void withSharedMasksPassesOfOneLengthAgree() {
    Map<String, Double> shared = losses(true, true, 1);
    Map<String, Double> own = losses(false, true, 1);
    assertEquals(own.keySet(), shared.keySet());
    for (String stream : List.of("rgb", "flow")) {
      String name = "loss_between_scales_" + stream;
      assertEquals(0, shared.get(name), 1e-15);
      assertTrue(own.get(name) > 1e-3, own::toString);
    }
    assertNotEquals(shared.get("loss_rgb"), losses(true, false, 1).get("loss_rgb"));
  }

  @Test
  void sharedMasksChangeNothingWithoutDropout() {
    for (double scale : new double[] {0.5, 1, 1.7}) {
      assertEquals(losses(false, false, scale), losses(true, false, scale));
    }
  }

  /** What is dropped at all snippets is dropped at all of another number too. */
  @Test
  void theResampledPassDropsWhatTheFullOneDrops() {
    double[] x = new SplittableRandom(9).doubles(2 * 7 * 5, -1, 1).toArray();
    try (Engine engine = Engine.open("reference", 1)) {
      IlgModel model = model(new Parameters(engine, new RandomKey(3, 4)), true);
      EvaluationPass pass = new EvaluationPass();
      Tensor features = engine.tensor(x, FEATURES);
      BasnetModel.Projected<Tensor> projected = model.project(pass, STREAM, features);
      UnaryOperator<Tensor> how = v -> TimeResampling.HALF_PIXEL.apply(engine, v, 11);
      Tensor ones = model.mask(engine, pass, STREAM, features);
      assertEquals(Shape.of(4, 7, 6), ones.shape());
      double[] whole = model.resampled(pass, STREAM, features, projected, how).toDoubles();
      double[] kept = model.resampled(pass, STREAM, projected, how, ones).toDoubles();
      assertArrayEquals(whole, kept, 1e-15);
      Tensor base = ones.narrow(0, 0, 2).multiply(7); // which has no say here
      Tensor gone = ones.narrow(0, 2, 2).multiply(0);
      double[] nothing =
          model.resampled(pass, STREAM, projected, how, base.concat(0, List.of(gone))).toDoubles();
      assertArrayEquals(new double[whole.length], nothing); // the classifier has no bias
    }
  }

  @Test
  void refusesOneStream() {
    try (Engine engine = Engine.open("reference", 1)) {
      Parameters parameters = new Parameters(engine, new RandomKey(3, 4));
      IlgModel.Sizes sizes = new IlgModel.Sizes(3, 4, 6, 0);
      assertThrows(
          IllegalArgumentException.class,
          () -> new IlgModel(parameters, STREAMS.subList(0, 1), sizes, true));
    }
  }
}
