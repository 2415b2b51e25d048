// SPDX-License-Identifier: Apache-2.0
package dev.kairos.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.cli.Main;
import dev.kairos.kernels.Backend;
import dev.kairos.kernels.BackendOptions;
import dev.kairos.kernels.Backends;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.Methods;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.generate.ThumosLikeGenerator;
import dev.kairos.methods.generate.ThumosLikeOptions;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Method;
import dev.kairos.methods.training.Model;
import dev.kairos.methods.training.Stage;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Transfers;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Trainings on an OpenCL device, which sees a step's batch come in and its losses go out and
 * nothing else.
 */
@Tag("opencl")
class OpenClTrainingTest {
  private static final String BACKEND = "opencl";

  @TempDir Path folder;
  private Path data = Path.of("");

  @BeforeEach
  void write() throws IOException {
    data = folder.resolve("data");
    ThumosLikeGenerator.write(data, new ThumosLikeOptions(4, 2, 6, 3, 20, 40, 8, 8, 0.5, 0.2));
  }

  /** The copies that the backend itself counts, those of composed primitives included. */
  private static long copies(Backend backend, String which) throws ReflectiveOperationException {
    return (long) backend.getClass().getMethod(which).invoke(backend);
  }

  /** Methods whose steps look at more than losses on the host, such as labels, say so by false. */
  @ParameterizedTest
  @CsvSource({
    "true, basnet, segments=16 filterHidden=4 hidden=8 batch=2",
    "true, plain, segments=16 batch=2",
    "false, rskp, hidden=8 batch=2 memory.from=1000",
    "true, multires, segments=16 ilg.filterHidden=4 ilg.hidden=8 ilg.batch=2",
    "false, apn, embedded=8 boundaryWidth=4 width=8 heads=2 layers=1 samples=4 classWidth=8 batch=2"
  })
  void aStepMovesItsBatchInAndItsLossesOut(boolean once, String name, String words)
      throws Exception {
    Dataset dataset = Dataset.open(data);
    Method method = Methods.named(name);
    List<String> settings = new ArrayList<>(List.of(words.split(" ")));
    try (Backend backend = Backends.open(BACKEND, BackendOptions.of(1));
        Engine engine = new Engine(backend)) {
      Settings all = Experiment.settings(method, dataset.description(), "none", null, settings);
      Model model = method.model(all, dataset.description(), engine, new RandomKey(1, 2));
      TrainingData training = new TrainingData(dataset, "train", 1L << 28);
      Stage stage = model.stages(training).get(0);
      stage.step(0);
      stage.step(1);
      Transfers before = engine.transfers();
      long writes = copies(backend, "writes");
      long reads = copies(backend, "reads");
      stage.step(2);
      Transfers asked = engine.transfers().since(before);
      // What the step itself asks for and not a copy more: nothing falls back to the host.
      assertEquals(asked.writes(), copies(backend, "writes") - writes, "writes");
      assertEquals(asked.reads(), copies(backend, "reads") - reads, "reads");
      if (once) {
        assertEquals(1, asked.reads(), "reads of a step");
      }
    }
  }

  private int run(List<String> words) {
    PrintStream silent =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    return Main.run(words.toArray(String[]::new), silent, silent);
  }

  private byte[] trained(String name) throws IOException {
    Path out = folder.resolve(name);
    List<String> words =
        new ArrayList<>(
            List.of("train", "basnet", "--data", data.toString(), "--out", out.toString()));
    for (String setting :
        List.of("segments=16", "filterHidden=4", "hidden=8", "batch=4", "steps=25")) {
      words.addAll(List.of("--set", setting));
    }
    words.addAll(List.of("--backend", BACKEND));
    assertEquals(0, run(words));
    assertTrue(Files.readString(out.resolve("provenance.json")).contains("opencl-"));
    return Files.readAllBytes(out.resolve("checkpoint.safetensors"));
  }

  @Test
  void twoRunsGiveTheSameBits() throws IOException {
    assertArrayEquals(trained("one"), trained("two"));
  }

  /** After the first steps nothing more is held, however many follow. */
  @Test
  void memoryIsFlat() throws Exception {
    Dataset dataset = Dataset.open(data);
    Method method = Methods.named("basnet");
    List<String> settings = List.of("segments=16", "filterHidden=4", "hidden=8", "batch=4");
    try (Backend backend = Backends.open(BACKEND, BackendOptions.of(1));
        Engine engine = new Engine(backend)) {
      Settings all = Experiment.settings(method, dataset.description(), "none", null, settings);
      Model model = method.model(all, dataset.description(), engine, new RandomKey(1, 2));
      Stage stage = model.stages(new TrainingData(dataset, "train", 1L << 28)).get(0);
      long held = 0;
      for (int step = 0; step < 300; step++) {
        stage.step(step);
        if (step == 10) {
          held = copies(backend, "heldBytes");
        }
      }
      assertEquals(held, copies(backend, "heldBytes"), "bytes held on the device");
    }
  }
}
