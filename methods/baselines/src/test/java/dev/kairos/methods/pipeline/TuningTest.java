// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.plain.Plain;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.settings.SettingSpace;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Segment;
import dev.kairos.methods.training.DivergedException;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Method;
import dev.kairos.methods.training.Model;
import dev.kairos.methods.training.Progress;
import dev.kairos.methods.training.TrainingLoop;
import dev.kairos.methods.tuning.SearchPlan;
import dev.kairos.methods.tuning.Trial;
import dev.kairos.methods.tuning.Tuning;
import dev.kairos.methods.tuning.TuningResult;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuningTest {
  private static final String GRID = "learningRate = [1e-5, 0.05]\nhidden = [2, 8]";
  private static final List<String> BASE =
      List.of("steps=8", "segments=16", "batch=4", "seed=5", "train.evaluateEvery=4");

  @TempDir private Path folder;

  private SettingSpace space(String toml) throws IOException {
    return SettingSpace.read(Files.writeString(folder.resolve("space.toml"), toml));
  }

  private static Supplier<Settings> base(Dataset data, List<String> words) {
    return () -> {
      try {
        return Experiment.settings(new Plain(), data.description(), "none", null, words);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  private Tuning tuning(Dataset data, String toml) throws IOException {
    return tuning(new Plain(), data, toml);
  }

  private Tuning tuning(Method method, Dataset data, String toml) throws IOException {
    SettingSpace space = space(toml);
    return new Tuning(method, data, space, SearchPlan.usual(space), base(data, BASE));
  }

  private static TrainingLoop.Options stopping(BooleanSupplier stop) {
    return new TrainingLoop.Options(0, Double.POSITIVE_INFINITY, stop);
  }

  @Test
  void findsTheBestOnWhatIsHeldOut() throws IOException {
    Dataset data = Waves.dataset("train", "val", "test");
    Path place = folder.resolve("tune");
    TuningResult result = tuning(data, GRID).run(place);
    assertTrue(result.isComplete());
    assertEquals(4, result.trials().size());
    Trial best = result.best().orElseThrow();
    assertTrue(result.trials().stream().allMatch(trial -> trial.average() <= best.average()));
    assertEquals("0.05", best.settings().get("learningRate"), result.toJson());
    assertEquals(
        result.ranked(),
        result.trials().stream()
            .sorted(Comparator.comparingDouble(Trial::average).reversed())
            .toList());
    assertEquals(result.toJson() + "\n", Files.readString(place.resolve(TuningResult.FILE_NAME)));
    for (String part :
        List.of("\"activitynet\"", "\"subset val: 6 recordings\"", "0.7", "\"complete\" : true")) {
      assertTrue(result.toJson().contains(part), part + " in " + result.toJson());
    }
    for (Trial trial : result.trials()) {
      assertTrue(RunFolder.open(trial.folder()).position().finished());
      assertFalse(Files.exists(trial.folder().resolve(RunFolder.DETECTIONS)), "test was localised");
      assertEquals(
          trial.settings().get("hidden"), RunFolder.open(trial.folder()).settings().get("hidden"));
    }
  }

  @Test
  void goesOnWhereItWasAndRepeatsNothing() throws IOException {
    Dataset data = Waves.dataset("train", "val", "test");
    Path whole = folder.resolve("whole");
    var unused = tuning(data, GRID).seeds(2).run(whole);
    byte[] expected = Files.readAllBytes(whole.resolve(TuningResult.FILE_NAME));

    Path stopped = folder.resolve("stopped");
    int[] asked = new int[1];
    int starts = 0;
    TuningResult result;
    do {
      result =
          tuning(data, GRID).seeds(2).options(stopping(() -> ++asked[0] % 7 == 0)).run(stopped);
      starts++;
    } while (!result.isComplete() && starts < 100);
    assertTrue(starts > 5 && starts < 100, "starts: " + starts);
    assertArrayEquals(expected, Files.readAllBytes(stopped.resolve(TuningResult.FILE_NAME)));

    List<String> tasks = new ArrayList<>();
    var again = tuning(data, GRID).seeds(2).progress(tasks(tasks)).run(whole);
    assertTrue(again.isComplete());
    assertEquals(List.of(), tasks);
    assertArrayEquals(expected, Files.readAllBytes(whole.resolve(TuningResult.FILE_NAME)));
    assertTrue(again.trials().get(0).deviation() >= 0);
    assertEquals(2, again.trials().get(0).runs().size());
  }

  private static Progress tasks(List<String> tasks) {
    return new Progress() {
      @Override
      public void start(String task, long total) {
        tasks.add(task);
      }

      @Override
      public void step(long done, double loss) {}

      @Override
      public void note(String message) {}

      @Override
      public void finish() {}
    };
  }

  @Test
  void annotationsOfTheTestRecordingsHaveNoSay() throws IOException {
    Dataset data = Waves.dataset("train", "test");
    Path place = folder.resolve("a");
    var unused = tuning(data, GRID).run(place);
    Path other = folder.resolve("b");
    unused = tuning(scrambled(data), GRID).run(other);
    assertArrayEquals(
        Files.readAllBytes(place.resolve(TuningResult.FILE_NAME)),
        Files.readAllBytes(other.resolve(TuningResult.FILE_NAME)));
  }

  /** Other actions in the test recordings, of the other class. */
  private static Dataset scrambled(Dataset data) throws IOException {
    Map<Recording, FeatureSequence> features = new LinkedHashMap<>();
    for (Recording recording : data.recordings()) {
      boolean test = recording.subset().equals(Dataset.TEST);
      ActionInstance other = new ActionInstance("fall", new Segment(0, 1));
      features.put(
          test ? recording.withActions(List.of(other), List.of()) : recording,
          data.features(recording));
    }
    return Dataset.of(Waves.ABOUT, features);
  }

  @Test
  void aFailedTrialIsNotedAndDoesNotEndTheSearch() throws IOException {
    Dataset data = Waves.dataset("train", "val");
    Path place = folder.resolve("tune");
    String toml = "learningRate = [0.01, 0.5, 0.02]";
    TuningResult result = tuning(new Diverging(), data, toml).run(place);
    assertTrue(result.isComplete());
    assertEquals(
        List.of(false, true, false), result.trials().stream().map(Trial::isFailed).toList());
    assertTrue(result.trials().get(1).problem().contains("is not finite"), result.toJson());
    assertTrue(result.ranked().get(2).isFailed());
    assertTrue(result.toJson().contains("\"failed\""), result.toJson());
    List<String> tasks = new ArrayList<>();
    TuningResult again = tuning(new Diverging(), data, toml).progress(tasks(tasks)).run(place);
    assertEquals(result.toJson(), again.toJson());
    assertEquals(List.of(), tasks);

    TuningResult none =
        tuning(new Diverging(), data, "learningRate = [0.5]").run(folder.resolve("none"));
    assertTrue(none.isComplete());
    assertTrue(none.best().isEmpty());
  }

  /** Plain, whose loss is no number at a learning rate of a half. */
  private static final class Diverging implements Method {
    private final Plain plain = new Plain();

    @Override
    public String name() {
      return plain.name();
    }

    @Override
    public int rank() {
      return plain.rank();
    }

    @Override
    public String summary() {
      return plain.summary();
    }

    @Override
    public Map<String, String> presets() {
      return Map.of();
    }

    @Override
    public Model model(Settings settings, DatasetDescription data, Engine engine, RandomKey key) {
      Model model = plain.model(settings, data, engine, key);
      boolean diverges = settings.resolved().get("learningRate").equals(0.5);
      return Model.of(
          model.parameters(),
          training -> {
            if (diverges) {
              throw new DivergedException("plain", 3, "the loss");
            }
            return model.stages(training);
          },
          model.localizer());
    }
  }

  @Test
  void settingsThatBelongToAnotherValueFailAlone() throws IOException {
    Dataset data = Waves.dataset("train", "val");
    String toml = "suppression = [\"nms\", \"soft-nms\"]\n\"softNms.parameter\" = [0.3, 0.5]";
    TuningResult result = tuning(data, toml).run(folder.resolve("tune"));
    assertEquals(
        List.of(true, true, false, false), result.trials().stream().map(Trial::isFailed).toList());
    assertTrue(result.trials().get(0).problem().contains("softNms.parameter"), result.toJson());
  }

  @Test
  void aTrialThatTakesNoStepHasNoScore() throws IOException {
    Dataset data = Waves.dataset("train", "val");
    List<String> words = new ArrayList<>(BASE.subList(1, BASE.size()));
    Tuning tuning =
        new Tuning(
            new Plain(), data, space("steps = [0, 4]"), SearchPlan.Search.GRID, base(data, words));
    TuningResult result = tuning.run(folder.resolve("tune"));
    assertTrue(result.trials().get(0).problem().contains("took no step"), result.toJson());
    assertEquals(2, result.best().orElseThrow().number());
  }

  @Test
  void anotherSearchIsRefusedWithWhatDiffers() throws IOException {
    Dataset data = Waves.dataset("train", "val");
    Path place = folder.resolve("tune");
    var unused = tuning(data, "learningRate = [0.01, 0.02]").run(place);
    ConfigException e =
        assertThrows(
            ConfigException.class, () -> tuning(data, "learningRate = [0.01, 0.03]").run(place));
    assertTrue(e.getMessage().contains("space.learningRate was"), e.getMessage());
    assertTrue(e.getMessage().contains("0.03"), e.getMessage());
    SettingSpace same = space("learningRate = [0.01, 0.02]");
    List<String> longer = new ArrayList<>(BASE);
    longer.set(0, "steps=9");
    Tuning other = new Tuning(new Plain(), data, same, SearchPlan.Search.GRID, base(data, longer));
    e = assertThrows(ConfigException.class, () -> other.run(place));
    assertTrue(e.getMessage().contains("common.steps was 8, is 9"), e.getMessage());
    e =
        assertThrows(
            ConfigException.class,
            () -> tuning(data, "learningRate = [0.01, 0.02]").seeds(2).run(place));
    assertTrue(e.getMessage().contains("tune.seeds was 1, is 2"), e.getMessage());
    Path foreign = Files.createDirectories(folder.resolve("foreign"));
    Files.writeString(foreign.resolve("mine.txt"), "mine");
    assertThrows(DataFormatException.class, () -> tuning(data, GRID).run(foreign));
  }

  @Test
  void moreTrialsGoOnWithTheSameOnes() throws IOException {
    Dataset data = Waves.dataset("train", "val");
    Path place = folder.resolve("tune");
    String toml = "learningRate = {min = 1e-3, max = 0.1, scale = \"log\"}";
    TuningResult two = tuning(data, toml).trials(2).run(place);
    List<String> tasks = new ArrayList<>();
    TuningResult three = tuning(data, toml).trials(3).progress(tasks(tasks)).run(place);
    assertEquals(two.trials(), three.trials().subList(0, 2));
    assertEquals(List.of("plain"), tasks);
  }

  @Test
  void whatCannotBeSearchedIsRefusedBeforeAnythingRuns() throws IOException {
    Dataset data = Waves.dataset("train", "val");
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put("learnRate = [0.1]", "learningRate");
    wrong.put("hidden = [4, 0]", "hidden must be a whole number");
    wrong.put("hidden = [0.5]", "hidden must be a whole number");
    wrong.put("suppression = [\"nms\", \"soft\"]", "must be one of");
    wrong.put("seed = [1, 2]", "seed is not searched over");
    wrong.put("\"train.heldOut\" = [0.1, 0.2]", "decides what trials are scored on");
    for (Map.Entry<String, String> each : wrong.entrySet()) {
      ConfigException e =
          assertThrows(
              ConfigException.class,
              () -> tuning(data, each.getKey()).run(folder.resolve("no")),
              each.getKey());
      String said = e.getMessage() + " " + e.hint().orElse("");
      assertTrue(said.contains(each.getValue()), said);
      assertTrue(said.contains("space.toml:1:1"), said);
      assertFalse(Files.exists(folder.resolve("no")));
    }
    List<String> bare = BASE.subList(0, 4);
    Tuning blind =
        new Tuning(new Plain(), data, space(GRID), SearchPlan.Search.GRID, base(data, bare));
    ConfigException e = assertThrows(ConfigException.class, () -> blind.run(folder.resolve("no")));
    assertTrue(e.getMessage().contains("nothing is held out"), e.getMessage());
    assertFalse(Files.exists(folder.resolve("no")));
  }
}
