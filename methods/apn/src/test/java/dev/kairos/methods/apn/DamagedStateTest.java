// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.contract.Campaign;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.Fingerprint;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Progress;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.methods.training.TrainingLoop;
import dev.kairos.nn.CheckpointSeal;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.NpyArray;
import dev.kairos.tensor.io.Safetensors;
import dev.kairos.tensor.io.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A checkpoint whose pseudo actions were damaged, and sealed as if they were not: it is refused, or
 * what it holds is possible and the training goes on.
 */
class DamagedStateTest {
  private static final String CLUSTERS = "state/pseudo-actions/clusters";
  private static final String MADE = "state/pseudo-actions/made";
  private static final String LOG = "kairos.state/pseudo-actions.log";

  @TempDir Path folder;

  private static TrainingLoop.Ended go(Experiment experiment, RunFolder run, Dataset data)
      throws IOException {
    return experiment.train(
        run,
        new TrainingData(data, Dataset.TRAIN, 1 << 20),
        new TrainingLoop.Options(1e9, Double.POSITIVE_INFINITY, () -> true),
        Progress.NONE);
  }

  private static Experiment experiment(RunFolder run, Dataset data, Engine engine)
      throws IOException {
    Settings own = Settings.empty().withConfig(run.file(RunFolder.CONFIG));
    return new Experiment(new Apn(), data.description(), own, 7, engine);
  }

  @Test
  void isRefusedOrGoesOn() throws IOException {
    Dataset data = PointData.tiny(folder.resolve("data"), Stream::of);
    try (Engine engine = Engine.open("cpu", 1)) {
      Settings tiny = PointData.settings("pseudo.logEvery=1");
      Experiment first = new Experiment(new Apn(), data.description(), tiny, 7, engine);
      RunFolder run = first.create(folder.resolve("run"), data, null);
      for (int step = 0; step < 4; step++) { // into the second epoch
        assertEquals(
            TrainingLoop.Ended.STOPPED,
            go(step == 0 ? first : experiment(run, data, engine), run, data));
      }
      Path checkpoint = run.file(RunFolder.CHECKPOINT);
      String state = Files.readString(run.file(RunFolder.STATE));
      String print = Fingerprint.of(checkpoint);
      assertTrue(state.contains(print), state);
      SafetensorsFile saved = Safetensors.read(checkpoint);
      int[] counts = new int[2];
      Campaign.run(
          900,
          120,
          random -> {
            Map<String, NpyArray> arrays = new LinkedHashMap<>(saved.tensors());
            Map<String, String> texts = new LinkedHashMap<>(saved.metadata());
            texts.remove(CheckpointSeal.KEY);
            damage(arrays, texts, random);
            Safetensors.write(checkpoint, arrays, CheckpointSeal.seal(arrays, texts));
            Files.writeString(
                run.file(RunFolder.STATE), state.replace(print, Fingerprint.of(checkpoint)));
            try {
              assertEquals(
                  TrainingLoop.Ended.STOPPED, go(experiment(run, data, engine), run, data));
              counts[0]++;
            } catch (DataFormatException e) {
              assertEquals("KDATA-214", e.code(), e.getMessage());
              assertEquals(1, String.valueOf(e.getMessage()).lines().count(), e.getMessage());
              counts[1]++;
            }
          });
      assertTrue(counts[0] > 0 && counts[1] > 0, counts[0] + " went on, " + counts[1] + " not");
    }
  }

  private static void damage(
      Map<String, NpyArray> arrays, Map<String, String> texts, SplittableRandom random) {
    switch (random.nextInt(6)) {
      case 0 -> arrays.remove(random.nextBoolean() ? CLUSTERS : MADE);
      case 1 -> {
        int[] numbers = array(arrays, CLUSTERS).toInts();
        numbers[random.nextInt(numbers.length)] += random.nextInt(-2, 3);
        arrays.put(CLUSTERS, NpyArray.ofInts(numbers, numbers.length));
      }
      case 2 -> {
        int[] numbers = array(arrays, CLUSTERS).toInts();
        numbers[random.nextInt(numbers.length)] = random.nextInt();
        arrays.put(CLUSTERS, NpyArray.ofInts(numbers, numbers.length));
      }
      case 3 -> {
        long[] steps = array(arrays, MADE).toLongs();
        steps[random.nextInt(steps.length)] = random.nextInt(-3, 9);
        arrays.put(MADE, NpyArray.ofLongs(steps, steps.length));
      }
      case 4 -> arrays.put(MADE, NpyArray.ofFloats(new float[] {0.5f, Float.NaN}, 2));
      default -> {
        String text = texts.getOrDefault(LOG, "");
        int at = random.nextInt(text.length());
        String other = random.nextBoolean() ? "" : Character.toString(random.nextInt(32, 127));
        texts.put(LOG, text.substring(0, at) + other + text.substring(at + 1));
      }
    }
  }

  private static NpyArray array(Map<String, NpyArray> arrays, String name) {
    NpyArray array = arrays.get(name);
    if (array == null) {
      throw new AssertionError(name + " is not among " + arrays.keySet());
    }
    return array;
  }
}
