// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.autograd.Gradients;
import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.golden.Golden;
import dev.kairos.golden.GoldenEngine;
import dev.kairos.golden.GoldenFolder;
import dev.kairos.golden.GoldenWeights;
import dev.kairos.golden.OnEveryBackend;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.pseudolabel.ThresholdLabels;
import dev.kairos.nn.EvaluationPass;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.TrainingPass;
import dev.kairos.nn.optim.Adam;
import dev.kairos.tensor.DType;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code multires/ptlr/algorithm1}: both networks teach each other for three stages. In double
 * losses, CAS and labels agree; in single precision the labels do.
 */
class Algorithm1GoldenTest {
  private static final RandomKey KEY = new RandomKey(1, 2);
  private static final double CAS_TOLERANCE = 1e-6;

  private final Path folder = GoldenFolder.of("multires/ptlr/algorithm1");

  /** One of the two networks, with the weights it begins with. */
  static final class Pupil {
    final Parameters parameters;
    final SnippetClassifier network;

    Pupil(Path folder, String name, JsonNode info, Engine engine) throws IOException {
      this.parameters = new Parameters(engine, KEY);
      this.network = PtlrGoldenTest.network(name, parameters, info);
      GoldenWeights.load(parameters, folder, name + "_init");
    }
  }

  @OnEveryBackend
  void everyStage(String backend) throws IOException {
    JsonNode info = GoldenFolder.json(folder.resolve("info.json"));
    try (GoldenEngine golden = GoldenEngine.open(backend)) {
      Engine engine = golden.engine();
      boolean exact = engine.real() == DType.FLOAT64;
      Map<String, Pupil> pupils = new LinkedHashMap<>();
      for (String name : new String[] {"ots", "rts"}) {
        pupils.put(name, new Pupil(folder, name, info, engine));
      }
      Tensor x = golden.read(folder.resolve("input_x.npy")).keep();
      int[][] labels = PtlrGoldenTest.rows(folder.resolve("initial_label.npy"));
      int trainings = 0;
      for (JsonNode line : Golden.get(info, "trace")) {
        Pupil pupil = pupils.get(Golden.get(line, "network").asText());
        if (pupil == null) {
          continue; // the initial labels
        }
        double[] losses = train(pupil, x, labels, info);
        String name = "stage" + Golden.get(line, "stage").intValue();
        name += "_" + Golden.get(line, "network").asText();
        try (Scope scope = engine.scope()) {
          Tensor cas =
              SnippetClassifier.cas(
                  pupil.network.forward(new EvaluationPass(), x),
                  x.shape().size(1),
                  LowResolution.DEFAULT);
          if (exact) {
            double[] expected = GoldenFolder.array(folder.resolve(name + "_cas.npy")).toDoubles();
            assertArrayEquals(expected, cas.toDoubles(), CAS_TOLERANCE, name);
            golden.checkValue(
                name + " first", Golden.get(line, "loss_first").doubleValue(), losses[0]);
            assertEquals(
                Golden.get(line, "loss_last").doubleValue(), losses[losses.length - 1], 1e-8, name);
          }
          labels = labels(folder, cas, Golden.get(line, "theta").doubleValue(), info);
        }
        int[][] expected = PtlrGoldenTest.rows(folder.resolve(name + "_label.npy"));
        for (int b = 0; b < expected.length; b++) {
          assertArrayEquals(expected[b], labels[b], name + ", video " + b);
        }
        checkQuality(line, labels);
        trainings++;
      }
      assertEquals(2 * Golden.get(info, "stages").intValue(), trainings);
    }
  }

  /** Full-batch steps from a fresh Adam; the loss before each step. */
  static double[] train(Pupil pupil, Tensor x, int[][] labels, JsonNode info) {
    double decay = Golden.get(info, "weight_decay_L2").doubleValue();
    Adam adam = new Adam(pupil.parameters, Adam.Options.defaults().withWeightDecay(decay));
    double[] losses = new double[Golden.get(info, "steps_per_training").intValue()];
    for (int step = 0; step < losses.length; step++) {
      try (Tape tape = new Tape(x.engine())) {
        TrainingPass pass = new TrainingPass(tape, KEY, false);
        Variable loss =
            new PtlrLosses(SelectedMean.BATCH, LowResolution.DEFAULT)
                .of(x.engine(), pupil.network.forward(pass, pass.constant(x)), labels)
                .total();
        losses[step] = loss.value().item();
        Gradients gradients = tape.backward(loss);
        adam.step(p -> pass.gradient(gradients, p), Golden.get(info, "lr").doubleValue());
      }
    }
    return losses;
  }

  /** New labels of all recordings by their {@code cas [B,T,C+1]}. */
  static int[][] labels(Path folder, Tensor cas, double theta, JsonNode info) throws IOException {
    boolean restricted = Golden.get(info, "restrict_to_video_labels").booleanValue();
    ThresholdLabels labeller = new ThresholdLabels(theta, restricted);
    NpyArray videoLabels = GoldenFolder.array(folder.resolve("video_label.npy")); // [B,C]
    int classes = videoLabels.dim(1);
    int[][] labels = new int[videoLabels.dim(0)][];
    for (int b = 0; b < labels.length; b++) {
      float[] own = Arrays.copyOfRange(videoLabels.toFloats(), b * classes, (b + 1) * classes);
      labels[b] = labeller.of(cas.narrow(0, b, 1), own);
    }
    return labels;
  }

  private void checkQuality(JsonNode line, int[][] labels) throws IOException {
    int[][] truth = PtlrGoldenTest.rows(folder.resolve("true_label.npy"));
    int selected = 0;
    int correct = 0;
    for (int b = 0; b < truth.length; b++) {
      for (int t = 0; t < truth[b].length; t++) {
        selected += labels[b][t] >= 0 ? 1 : 0;
        correct += labels[b][t] == truth[b][t] ? 1 : 0;
      }
    }
    assertEquals(Golden.get(line, "selected").intValue(), selected);
    assertEquals(Golden.get(line, "correct").intValue(), correct);
  }
}
