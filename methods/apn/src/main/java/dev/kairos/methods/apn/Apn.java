// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.apn.text.ClassTexts;
import dev.kairos.methods.apn.text.ClassVectors;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.training.FolderStage;
import dev.kairos.methods.training.GradientStage;
import dev.kairos.methods.training.Method;
import dev.kairos.methods.training.Model;
import dev.kairos.methods.training.Presets;
import dev.kairos.methods.training.Stage;
import dev.kairos.nn.FileLayout;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** APN as a method: one network over all streams, learned from points. */
public final class Apn implements Method {
  @Override
  public String name() {
    return "apn";
  }

  @Override
  public int rank() {
    return 50;
  }

  @Override
  public String summary() {
    return "APN (BMVC 2023): action proposals, from one point per action";
  }

  @Override
  public Map<String, String> presets() {
    return Presets.load(
        Apn.class,
        "thumos14",
        "activitynet13",
        "gtea",
        "beoid",
        "sbhar",
        "sbhar-sparse",
        "sbhar-paper",
        "50salads",
        "thumos-like",
        "thumos-like-quick");
  }

  @Override
  public Model model(Settings settings, DatasetDescription data, Engine engine, RandomKey key) {
    ApnConfig config = ApnConfig.from(settings);
    Parameters parameters = new Parameters(engine, key.child("weights"));
    ClassTexts texts = ClassTexts.from(settings);
    Parameter vectors = room(texts, data.classes(), parameters);
    Parameters trained = parameters.at("network");
    ApnNetwork network =
        new ApnNetwork(
            trained, data.totalWidth(), vectors.value(), config.network().of(data.totalWidth()));
    ApnInference inference = new ApnInference(config, network, engine, data.classes());
    return Model.ofStage(
        name(),
        parameters,
        training -> {
          if (texts.readsFiles()) {
            fill(vectors, texts, data.classes());
          }
          ApnTask task = new ApnTask(config, network, training, engine, key.child("order"));
          Stage stage =
              GradientStage.withAdam(
                  name(),
                  task.steps(),
                  config.training().rate(task.steps()),
                  config.training().weightDecay(),
                  trained,
                  key,
                  task);
          return new FolderStage(stage, task::leave);
        },
        inference);
  }

  /**
   * Room for the vectors of the classes, kept with the weights: files that they follow from are
   * read for a training alone, so that whoever localises needs no text tower.
   */
  private static Parameter room(ClassTexts texts, List<String> classes, Parameters parameters) {
    return parameters.create(
        "texts",
        Shape.of(classes.size(), texts.width()),
        (count, random) ->
            texts.readsFiles()
                ? new double[count]
                : vectors(texts, classes, parameters.engine()).toDoubles(),
        FileLayout.SAME);
  }

  private static void fill(Parameter room, ClassTexts texts, List<String> classes) {
    Tensor values = room.value();
    Engine engine = values.engine();
    double[] found = vectors(texts, classes, engine).toDoubles();
    try (Scope scope = engine.scope()) {
      values.assign(engine.tensor(found, values.shape().sizes()));
    }
  }

  private static ClassVectors vectors(ClassTexts texts, List<String> classes, Engine engine) {
    try {
      return texts.vectors(classes, engine);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
