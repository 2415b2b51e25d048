// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kairos.golden.GoldenFolder;
import dev.kairos.golden.GoldenWeights;
import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.EvaluationPass;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.io.Npy;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A folder in the layout of {@code multires/ptlr/algorithm1} whose counts are all others than those
 * of the copy. Its numbers are computed here step by step, so they say nothing of whether the
 * method is right: they show that a test takes its counts from the files.
 */
final class RefinementVariant {
  private static final int RECORDINGS = 11;
  private static final int SNIPPETS = 20;
  private static final int FEATURES = 7;
  private static final int CLASSES = 4;
  private static final int STAGES = 2;
  private static final double[] THETAS = {0.6, 0.55};
  private static final JsonMapper JSON = new JsonMapper();

  private final Path folder;
  private final ObjectNode info = JSON.createObjectNode();
  private final int[] truth = new int[RECORDINGS * SNIPPETS];
  private final int[] initial = new int[truth.length];

  private RefinementVariant(Path folder) {
    this.folder = folder;
    info.put("B", RECORDINGS).put("T", SNIPPETS).put("F_in", FEATURES).put("H", 6);
    info.put("C", CLASSES).put("M", 2).put("steps_per_training", 60).put("stages", STAGES);
    info.put("lr", 0.03).put("weight_decay_L2", 0.001).put("restrict_to_video_labels", true);
  }

  /** Writes every file of the layout into a folder that exists. */
  static void write(Path folder) throws IOException {
    RefinementVariant variant = new RefinementVariant(folder);
    variant.recordings();
    try (Engine engine = Engine.open("reference", 1)) {
      variant.weights(engine, "ots");
      variant.weights(engine, "rts");
      variant.stages(engine);
    }
    JSON.writeValue(folder.resolve("info.json").toFile(), variant.info);
  }

  /** Recording v has classes v and v+1 in turns, background between; features show them. */
  private void recordings() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    float[] x = new float[truth.length * FEATURES];
    double[] labels = new double[RECORDINGS * CLASSES];
    for (int i = 0; i < truth.length; i++) {
      int v = i / SNIPPETS;
      int turn = i % SNIPPETS / 3 % 4;
      truth[i] = turn % 2 == 1 ? CLASSES : (v + turn / 2) % CLASSES;
      initial[i] = random.nextInt(3) == 0 ? truth[i] : -1;
      for (int f = 0; f < FEATURES; f++) {
        x[i * FEATURES + f] = (float) (random.nextDouble() + (f == truth[i] ? 1 : 0));
      }
      if (truth[i] < CLASSES) {
        labels[v * CLASSES + truth[i]] = 1;
      }
    }
    Npy.write(folder.resolve("input_x.npy"), NpyArray.ofFloats(x, RECORDINGS, SNIPPETS, FEATURES));
    write("true_label", truth);
    write("initial_label", initial);
    Npy.write(folder.resolve("video_label.npy"), NpyArray.ofDoubles(labels, RECORDINGS, CLASSES));
  }

  private void write(String name, int[] labels) throws IOException {
    Npy.write(folder.resolve(name + ".npy"), NpyArray.ofInts(labels, RECORDINGS, SNIPPETS));
  }

  private void weights(Engine engine, String name) throws IOException {
    Parameters parameters = new Parameters(engine, new RandomKey(5, 6));
    PtlrGoldenTest.network(name, parameters, info);
    for (Parameter p : parameters.all()) {
      Tensor value = GoldenWeights.asFile(p, p.value());
      Npy.write(
          GoldenWeights.file(folder, name + "_init", p),
          NpyArray.ofDoubles(value.toDoubles(), value.shape().sizes()));
    }
  }

  private void stages(Engine engine) throws IOException {
    ArrayNode trace = info.putArray("trace");
    trace.addObject().put("stage", 0).put("network", "initial");
    Algorithm1GoldenTest.Pupil ots = new Algorithm1GoldenTest.Pupil(folder, "ots", info, engine);
    Algorithm1GoldenTest.Pupil rts = new Algorithm1GoldenTest.Pupil(folder, "rts", info, engine);
    NpyArray features = GoldenFolder.array(folder.resolve("input_x.npy"));
    Tensor x = engine.tensor(features.toDoubles(), features.shape()).keep();
    int[][] labels = PtlrGoldenTest.rows(folder.resolve("initial_label.npy"));
    for (int phase = 0; phase < 2 * STAGES; phase++) {
      int stage = phase / 2;
      String network = phase % 2 == 0 ? "ots" : "rts";
      Algorithm1GoldenTest.Pupil pupil = phase % 2 == 0 ? ots : rts;
      double[] losses = Algorithm1GoldenTest.train(pupil, x, labels, info);
      String name = "stage" + (stage + 1) + "_" + network;
      try (Scope scope = engine.scope()) {
        Tensor cas =
            SnippetClassifier.cas(
                pupil.network.forward(new EvaluationPass(), x), SNIPPETS, LowResolution.DEFAULT);
        Npy.write(
            folder.resolve(name + "_cas.npy"),
            NpyArray.ofDoubles(cas.toDoubles(), cas.shape().sizes()));
        labels = Algorithm1GoldenTest.labels(folder, cas, THETAS[stage], info);
      }
      int[] all = Arrays.stream(labels).flatMapToInt(Arrays::stream).toArray();
      write(name + "_label", all);
      line(trace.addObject().put("stage", stage + 1).put("network", network), losses, all)
          .put("theta", THETAS[stage]);
    }
  }

  private ObjectNode line(ObjectNode line, double[] losses, int[] labels) {
    int selected = 0;
    int correct = 0;
    for (int i = 0; i < labels.length; i++) {
      selected += labels[i] >= 0 ? 1 : 0;
      correct += labels[i] == truth[i] ? 1 : 0;
    }
    assertTrue(selected > labels.length / 2, selected + " labels selected: too few to go on from");
    return line.put("loss_first", losses[0])
        .put("loss_last", losses[losses.length - 1])
        .put("selected", selected)
        .put("correct", correct)
        .put("recall", (double) correct / labels.length);
  }
}
