// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.golden.Golden;
import dev.kairos.golden.GoldenFolder;
import dev.kairos.golden.OnEveryBackend;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.DatasetWriter;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.FeatureStream;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.pseudolabel.LabelQuality;
import dev.kairos.methods.pseudolabel.LabelQualityFile;
import dev.kairos.methods.pseudolabel.PseudoLabels;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.run.StageFolder;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Segment;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Model;
import dev.kairos.methods.training.Progress;
import dev.kairos.methods.training.Stage;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.nn.Checkpoint;
import dev.kairos.nn.Parameter;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code multires/ptlr/algorithm1} through the method itself: its stages on a data folder of those
 * features (in single precision) leave the same labels behind, and the same quality.
 */
class RefinementStagesGoldenTest {
  private static final double SECONDS = 0.5; // of a snippet; whole numbers of them are exact

  private final Path golden = GoldenFolder.of("multires/ptlr/algorithm1");

  @TempDir Path parent;

  /** The golden recordings, their true labels as segments. */
  private Dataset dataset(int classCount) throws IOException {
    NpyArray x = GoldenFolder.array(golden.resolve("input_x.npy")); // [B,T,F]
    int width = x.dim(2) / 2; // of the first stream; the other has the rest
    List<FeatureStream> streams =
        List.of(new FeatureStream("rgb", width), new FeatureStream("flow", x.dim(2) - width));
    List<String> classes = IntStream.range(0, classCount).mapToObj(c -> "class" + c).toList();
    DatasetDescription description =
        new DatasetDescription("golden", streams, 1 / SECONDS, 1, classes, "", "");
    int[][] truth = PtlrGoldenTest.rows(golden.resolve("true_label.npy"));
    List<Recording> recordings =
        IntStream.range(0, truth.length)
            .mapToObj(
                v ->
                    new Recording(
                        "v" + v,
                        "train",
                        truth[v].length * SECONDS,
                        instances(truth[v], classes),
                        List.of()))
            .toList();
    Path folder = parent.resolve("data");
    DatasetWriter.write(
        folder,
        description,
        recordings,
        (recording, stream) ->
            features(
                x, recordings.indexOf(recording), streams.indexOf(stream) * width, stream.width()));
    return Dataset.open(folder);
  }

  private static List<ActionInstance> instances(int[] truth, List<String> classes) {
    List<ActionInstance> instances = new ArrayList<>();
    for (int t = 0; t < truth.length; t++) {
      if (truth[t] < classes.size()) {
        Segment segment = new Segment(t * SECONDS, (t + 1) * SECONDS);
        instances.add(new ActionInstance(classes.get(truth[t]), segment));
      }
    }
    return instances;
  }

  private static FeatureSequence features(NpyArray x, int recording, int from, int width) {
    int length = x.dim(1);
    float[] values = new float[length * width];
    for (int t = 0; t < length; t++) {
      x.copyFloats((recording * length + t) * x.dim(2) + from, width, values, t * width);
    }
    return FeatureSequence.of(length, width, values);
  }

  private static List<String> settings(JsonNode info) {
    Map<String, String> thetas = new LinkedHashMap<>(); // by stage, the same for both networks
    for (JsonNode line : Golden.get(info, "trace")) {
      if (line.has("theta")) {
        thetas.put(Golden.get(line, "stage").asText(), line.get("theta").asText());
      }
    }
    return List.of(
        "ilg.filterHidden=1",
        "ilg.hidden=1",
        "ptlr.dropout=0",
        "segments=" + Golden.get(info, "T"),
        "ptlr.batch=" + Golden.get(info, "B"),
        "ptlr.hidden=" + Golden.get(info, "H"),
        "ptlr.scales=" + Golden.get(info, "M"),
        "ptlr.stages=" + Golden.get(info, "stages"),
        "ptlr.thetas=" + String.join(",", thetas.values()),
        "restrictToVideoLabels=" + Golden.get(info, "restrict_to_video_labels"),
        "ptlr.steps=" + Golden.get(info, "steps_per_training"),
        "ptlr.learningRate=" + Golden.get(info, "lr"),
        "ptlr.weightDecay=" + Golden.get(info, "weight_decay_L2"));
  }

  private void load(Model model) throws IOException {
    List<Parameter> refined = new ArrayList<>();
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    for (Parameter p : model.parameters().all()) {
      if (p.name().startsWith("ots.") || p.name().startsWith("rts.")) {
        String file = p.name().replaceFirst("\\.", "_init_").replace('.', '_') + ".npy";
        arrays.put(p.name(), GoldenFolder.array(golden.resolve(file)));
        refined.add(p);
      }
    }
    Checkpoint.load(refined, arrays, golden);
  }

  @OnEveryBackend
  void everyStage(String backend) throws IOException {
    JsonNode info = GoldenFolder.json(golden.resolve("info.json"));
    int classes = Golden.get(info, "C").intValue();
    Dataset dataset = dataset(classes);
    RunFolder run = RunFolder.create(parent.resolve("run-" + backend), "seed = 1\n");
    try (Engine engine = Engine.open(backend, 1)) {
      Multires method = new Multires();
      Model model =
          method.model(
              Experiment.settings(method, dataset.description(), "none", null, settings(info)),
              dataset.description(),
              engine,
              new RandomKey(1, 2));
      load(model);
      TrainingData data = new TrainingData(dataset, "train", 1L << 20);
      List<Stage> stages = model.stages(data);
      StageFolder before = StageFolder.of(run, stages.get(0).name());
      Files.createDirectories(before.path());
      int[][] initial = PtlrGoldenTest.rows(golden.resolve("initial_label.npy"));
      assertEquals(initial.length, data.size(), "recordings with an action; others do not train");
      List<String> names = IntStream.range(0, data.size()).mapToObj(data::id).toList();
      new PseudoLabels(names, initial, classes).write(before.path());
      JsonNode trace = Golden.get(info, "trace");
      assertEquals(trace.size(), stages.size());
      for (int i = 1; i < stages.size(); i++) {
        StageFolder own = StageFolder.of(run, stages.get(i).name());
        train(stages.get(i), before, own);
        check(own, trace.get(i), classes);
        before = own;
      }
    }
  }

  private static void train(Stage stage, StageFolder before, StageFolder own) throws IOException {
    stage.begin(before, 0);
    for (long step = 0; step < stage.steps(); step++) {
      stage.step(step);
    }
    Files.createDirectories(own.path());
    stage.finish(own, Progress.NONE);
  }

  private void check(StageFolder own, JsonNode line, int classes) throws IOException {
    String name = "stage" + Golden.get(line, "stage") + "_" + Golden.get(line, "network").asText();
    int[][] expected = PtlrGoldenTest.rows(golden.resolve(name + "_label.npy"));
    PseudoLabels found = PseudoLabels.read(own.path(), classes);
    assertEquals(expected.length, found.recordings().size(), name);
    for (int v = 0; v < expected.length; v++) {
      assertArrayEquals(expected[v], found.of(v), name + ", recording " + v);
    }
    LabelQuality quality = LabelQualityFile.read(own.file(LabelQualityFile.NAME));
    assertEquals(Golden.get(line, "selected").longValue(), quality.selected(), name);
    assertEquals(Golden.get(line, "correct").longValue(), quality.correct(), name);
    assertEquals(Golden.get(line, "recall").doubleValue(), quality.recall(), 1e-12, name);
  }
}
