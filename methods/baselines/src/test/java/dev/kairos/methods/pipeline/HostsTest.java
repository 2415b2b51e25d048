// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.autograd.Tape;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.Methods;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.FeatureStream;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.host.HostMethod;
import dev.kairos.methods.host.HostModel;
import dev.kairos.methods.host.HostTask;
import dev.kairos.methods.host.HostTraining;
import dev.kairos.methods.host.InstanceSource;
import dev.kairos.methods.host.LabelPlan;
import dev.kairos.methods.localization.Localization;
import dev.kairos.methods.proposal.InstanceFusion;
import dev.kairos.methods.run.MetricsLog;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.methods.tal.Proposal;
import dev.kairos.methods.tal.Segment;
import dev.kairos.methods.tal.SnippetGrid;
import dev.kairos.methods.training.Batch;
import dev.kairos.methods.training.Stage;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.TrainingPass;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds of every method that can be a host, alone and as a host. */
class HostsTest {
  private static final RandomKey KEY = new RandomKey(8, 3);

  private static HostModel model(
      String name, DatasetDescription data, Engine engine, String... settings) {
    HostMethod method = (HostMethod) Methods.named(name);
    Settings given = Settings.empty().withOverrides(List.of(settings));
    HostModel model = method.model(given, data, engine, KEY);
    given.finish();
    return model;
  }

  private static TrainingData training(Dataset data) {
    return new TrainingData(data, "train", 1 << 20);
  }

  private static List<Double> losses(HostModel model, Dataset data) {
    List<Double> losses = new ArrayList<>();
    for (Stage stage : model.stages(training(data))) {
      for (long step = 0; step < stage.steps(); step++) {
        losses.add(stage.step(step).get("loss"));
      }
    }
    return losses;
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "basnet, 'filterHidden=8 hidden=16 segments=16 batch=4 steps=60 learningRate=5e-3'",
    "bm, 'attentionHidden=16 segments=16 batch=4 steps=60 learningRate=2e-2'",
    "facnet, 'hidden=16 batch=3 epochs=30 learningRate=5e-3'",
    "stpn, 'hidden=16 segments=16 batch=4 steps=60 learningRate=5e-3'",
    "stpn, 'streams=apart embedding=false segments=16 batch=4 steps=60 learningRate=2e-2'",
    "wum, 'hidden=16 segments=16 batch=4 steps=60 learningRate=5e-3 margin=5 alpha=0.01'",
  })
  void theLossGoesDownTheSameWayEachTime(String name, String settings) {
    String[] words = settings.split(" ", -1);
    Dataset data = Waves.dataset("train");
    Map<String, double[]> weights = new LinkedHashMap<>();
    for (int time = 0; time < 2; time++) {
      try (Engine engine = Engine.open("cpu", 1)) {
        HostModel model = model(name, Waves.ABOUT, engine, words);
        List<Double> losses = losses(model, data);
        int n = losses.size();
        double first = mean(losses.subList(0, 10));
        double last = mean(losses.subList(n - 10, n));
        assertTrue(last < 0.95 * first, name + ": from " + first + " to " + last);
        for (Parameter p : model.parameters().all()) {
          double[] values = p.value().toDoubles();
          double[] before = weights.putIfAbsent(p.name(), values);
          if (before != null) {
            assertArrayEquals(before, values, p.name());
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "bm, smoothing=-1",
    "bm, guideWeight=-0.1",
    "bm, outerWeight=-1",
    "facnet, temperatures=0",
    "facnet, firstStreamScale=0",
    "facnet, jointThreshold=2",
    "facnet, epochs=-1",
    "facnet, shortest=0",
    "stpn, streams=most",
    "stpn, proposals=none",
    "stpn, attentionHidden=0",
    "stpn, single.threshold=-1",
    "stpn, activationThresholds=",
    "wum, hidden=0",
    "wum, dropout=1",
    "wum, selectionDropout=1",
    "wum, backgroundDivisor=0",
    "wum, steps=-1",
    "wum, suppression=most",
    "wum, steps=x",
  })
  void valuesOutOfRangeAreRefused(String name, String setting) {
    try (Engine engine = Engine.open("cpu", 1)) {
      ConfigException e =
          assertThrows(ConfigException.class, () -> model(name, Waves.ABOUT, engine, setting));
      assertTrue(
          e.getMessage().contains(setting.substring(0, setting.indexOf('='))), e.getMessage());
    }
  }

  /** One recording of one snippet and one class, one stream of one value. */
  @ParameterizedTest
  @CsvSource({
    "basnet, 'steps=2 hidden=4 filterHidden=4'",
    "bm, 'steps=2 attentionHidden=4'",
    "facnet, 'epochs=2 hidden=4'",
    "stpn, 'steps=2 hidden=4'",
    "wum, 'steps=2 hidden=4'"
  })
  void theSmallestDataSet(String name, String settings) {
    DatasetDescription about =
        new DatasetDescription(
            "one", List.of(new FeatureStream("only", 1)), 1, 1, List.of("act"), "", "");
    Recording recording =
        new Recording(
            "r", "train", 1, List.of(new ActionInstance("act", new Segment(0, 1))), List.of());
    FeatureSequence features = FeatureSequence.of(1, 1, new float[] {1});
    Dataset data = Dataset.of(about, Map.of(recording, features));
    try (Engine engine = Engine.open("cpu", 1)) {
      HostModel model = model(name, about, engine, settings.split(" ", -1));
      List<Double> losses = losses(model, data);
      assertEquals(2, losses.size());
      losses.forEach(loss -> assertTrue(Double.isFinite(loss), name + ": " + losses));
      SnippetGrid grid = data.grid(recording, 1);
      Localization found = model.localizer().localize(features, grid);
      found.detections().forEach(d -> assertTrue(Double.isFinite(d.score()), d.toString()));
      InstanceSource source = model.instances();
      source.instances(source.predict(features, null), InstanceFusion.gaussian());
    }
  }

  /** Logits of a batch fit the channels, and so do instances and the sampled snippets. */
  @ParameterizedTest
  @CsvSource({
    "basnet, 'filterHidden=8 hidden=16 segments=10 batch=4 steps=30 learningRate=5e-3', 3",
    "bm, 'attentionHidden=8 segments=10 batch=4 steps=30 learningRate=2e-2', 3",
    "facnet, 'hidden=16 batch=3 epochs=10 learningRate=5e-3 classThreshold=0', 3",
    "stpn, 'hidden=16 segments=10 batch=4 steps=30 learningRate=5e-3', 2",
    "stpn, 'streams=apart hidden=9 segments=10 batch=4 steps=30 learningRate=5e-3', 2",
    "wum, 'hidden=16 segments=10 batch=4 steps=30 learningRate=5e-3 classThreshold=0', 2",
  })
  void asHosts(String name, String settings, int channels) {
    Dataset data = Waves.dataset("train");
    try (Engine engine = Engine.open("cpu", 1)) {
      HostModel model = model(name, Waves.ABOUT, engine, settings.split(" ", -1));
      assertEquals(channels, model.channels());
      losses(model, data);
      TrainingData training = training(data);
      LabelPlan half =
          new LabelPlan() {
            @Override
            public double rateFactor(long done, long length) {
              return 2 * done < length ? 1 : 0.5;
            }

            @Override
            public boolean labelled(long done, long length) {
              return 2 * done >= length;
            }
          };
      HostTraining own = model.training(training, half);
      assertEquals(own.rate().at(0), 2 * own.rate().at(own.steps() - 1), 1e-15);
      HostTask task = own.task();
      List<Batch> batches = task.draw(task.position(0), KEY);
      for (Batch batch : batches) {
        try (Tape tape = new Tape(engine)) {
          HostTask.Scored scored = task.scored(new TrainingPass(tape, KEY), batch);
          assertFalse(scored.scores().isEmpty());
          for (HostTask.Scores scores : scored.scores()) {
            Shape shape = scores.logits().shape();
            assertEquals(channels, shape.size(-1));
            assertEquals(batch.snippets(0).length, shape.size(-2));
            assertEquals(
                shape.rank() == 3 ? batch.size() : 1,
                shape.count() / shape.size(-1) / shape.size(-2));
          }
        }
      }
      task.release(batches);

      FeatureSequence features =
          FeatureSequence.of(Waves.right(new Random(3), 25), new float[25][3]);
      InstanceSource source = model.instances();
      Prediction plain = source.predict(features, null);
      assertArrayEquals(
          plain.videoScores(), model.localizer().predict(features).videoScores(), "no dropout");
      Prediction dropped = source.predict(features, KEY);
      boolean drops = !name.equals("bm");
      assertEquals(drops, !plain.curves().equals(dropped.curves()), "dropout");
      assertEquals(dropped.curves(), source.predict(features, KEY).curves());
      int rows = source.snippets(25).length;
      List<Proposal> instances = source.instances(plain, InstanceFusion.gaussian());
      assertFalse(instances.isEmpty());
      for (Proposal p : instances) {
        assertTrue(p.label() >= 0 && p.label() < channels, p.toString());
        assertTrue(
            p.start() >= 0 && p.start() < p.end() && p.end() <= rows + 1 + 1e-9, p.toString());
        assertTrue(p.score() <= p.innerMean() + 1e-9, p.toString());
      }
    }
  }

  /** Hosts on whole recordings count epochs, here of two steps; the others count steps. */
  @ParameterizedTest
  @CsvSource({
    "basnet, 'filterHidden=4 hidden=4 segments=9 batch=3 steps=5', '2 4 5'",
    "bm, 'attentionHidden=4 segments=9 batch=3 steps=5', '2 4 5'",
    "facnet, 'hidden=4 batch=3 epochs=5', '4 8 10'",
    "stpn, 'hidden=4 segments=9 batch=3 steps=5', '2 4 5'",
    "wum, 'hidden=4 segments=9 batch=3 steps=5', '2 4 5'"
  })
  void whatIsHeldOutIsScored(String name, String settings, String steps, @TempDir Path folder)
      throws IOException {
    String[] words = (settings + " train.evaluateEvery=2 seed=3").split(" ", -1);
    new Training(Waves.dataset("train", "val", "test")).run(folder.resolve("run"), name, words);
    List<String> scored = new ArrayList<>();
    for (MetricsLog.Entry entry :
        MetricsLog.read(folder.resolve("run").resolve(RunFolder.METRICS))) {
      if (entry.values().containsKey("validation/mAP")) {
        scored.add(Long.toString(entry.step()));
      }
    }
    assertEquals(steps, String.join(" ", scored));
  }
}
