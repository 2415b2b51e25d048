// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.training;

import dev.kairos.kernels.KairosException;
import dev.kairos.methods.Methods;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.OpenOptions;
import dev.kairos.methods.pipeline.Training;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.tal.NonFiniteScoresException;
import dev.kairos.methods.training.DivergedException;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Method;
import dev.kairos.methods.training.TrainingLoop;
import dev.kairos.spark.files.Places;
import dev.kairos.tensor.Engine;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.util.SerializableConfiguration;

/**
 * What an executor does about one run of many: trains it to its end, in its folder.
 *
 * @param hadoop settings of the file systems
 * @param data the data folder
 * @param train subsets to learn from, empty for what the folder says
 * @param test subsets to score on, likewise
 * @param checkpointSeconds least time between two checkpoints
 * @param maxSeconds after which a run is saved and left
 */
record RunTask(
    SerializableConfiguration hadoop,
    String data,
    List<String> train,
    List<String> test,
    double checkpointSeconds,
    double maxSeconds)
    implements Serializable {
  /**
   * What came of a run.
   *
   * @param number which one
   * @param problem code and message of what it failed by; empty where it did not
   */
  record Answer(int number, String problem) {
    byte[] toBytes() {
      return (number + " " + problem).getBytes(StandardCharsets.UTF_8);
    }

    static Answer of(byte[] bytes) {
      String[] words = new String(bytes, StandardCharsets.UTF_8).split(" ", 2);
      return new Answer(Integer.parseInt(words[0]), words[1]);
    }
  }

  /**
   * Trains a run.
   *
   * @param run its number, folder, method and settings
   */
  byte[] train(String... run) throws IOException {
    int number = Integer.parseInt(run[0]);
    try {
      train(path(run[1]), Methods.named(run[2]), run[3]);
      return new Answer(number, "").toBytes();
    } catch (DivergedException | NonFiniteScoresException | ConfigException e) {
      return new Answer(number, said(e)).toBytes();
    }
  }

  private static String said(KairosException e) {
    return e.code() + ": " + e.getMessage();
  }

  private Path path(String place) {
    return new Places(hadoop.value()).path(place);
  }

  private void train(Path place, Method method, String config) throws IOException {
    TaskContext task = TaskContext.get();
    Dataset dataset = Dataset.open(path(data), new OpenOptions(train, test, false));
    Settings settings = Settings.empty().withPreset("the run's configuration", config);
    long seed = settings.integer("seed", 0);
    try (Engine engine = Engine.open("cpu", task.cpus())) {
      Experiment experiment = new Experiment(method, dataset.description(), settings, seed, engine);
      Training training =
          new Training(dataset)
              .withoutTest()
              .options(
                  new TrainingLoop.Options(checkpointSeconds, maxSeconds, task::isInterrupted));
      var unused =
          RunFolder.exists(place)
              ? training.resume(place, experiment)
              : training.begin(place, experiment);
    }
  }
}
