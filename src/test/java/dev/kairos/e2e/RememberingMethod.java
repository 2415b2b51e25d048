// SPDX-License-Identifier: Apache-2.0
package dev.kairos.e2e;

import dev.kairos.autograd.Variable;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.localization.Localizer;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.methods.tal.SnippetGrid;
import dev.kairos.methods.training.Batch;
import dev.kairos.methods.training.BestWeights;
import dev.kairos.methods.training.EpochOrder;
import dev.kairos.methods.training.GradientStage;
import dev.kairos.methods.training.Method;
import dev.kairos.methods.training.Model;
import dev.kairos.methods.training.Progress;
import dev.kairos.methods.training.Stage;
import dev.kairos.methods.training.StepPosition;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.methods.training.TrainingState;
import dev.kairos.methods.training.TrainingTask;
import dev.kairos.nn.EvaluationPass;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.TrainingPass;
import dev.kairos.nn.layer.Dropout;
import dev.kairos.nn.layer.Linear;
import dev.kairos.nn.optim.Adam;
import dev.kairos.nn.optim.Optimizer;
import dev.kairos.nn.optim.Schedule;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.io.NpyArray;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A method that remembers all that a method can: a memory bank that every step changes, labels that
 * are renewed within a stage, gradients of whole recordings summed into one step, an evaluation
 * that keeps the best weights, and two stages with one optimiser between which another one trains.
 * It learns nothing useful.
 */
final class RememberingMethod implements Method {
  private static final int BATCH = 3;

  @Override
  public String name() {
    return "remembering";
  }

  @Override
  public int rank() {
    return 1000;
  }

  @Override
  public String summary() {
    return "for tests";
  }

  @Override
  public Map<String, String> presets() {
    return Map.of();
  }

  @Override
  public Model model(Settings settings, DatasetDescription data, Engine engine, RandomKey key) {
    long epochs = settings.integer("epochs", 3);
    Parameters parameters = new Parameters(engine, key.child("weights"));
    Linear score =
        new Linear(parameters.at("score"), data.totalWidth(), data.classes().size(), true);
    Linear other = new Linear(parameters.at("other"), data.totalWidth(), 1, true);
    return Model.of(
        parameters,
        training -> {
          Adam shared = new Adam(parameters.at("score"), Adam.Options.defaults());
          Adam between = new Adam(parameters.at("other"), Adam.Options.defaults());
          Memory memory = new Memory(engine, training, score, parameters);
          return List.of(
              stage("first", epochs, shared, engine, key, new Task(memory, training, score, key)),
              stage("between", 1, between, engine, key, new Task(null, training, other, key)),
              stage("second", epochs, shared, engine, key, new Task(memory, training, score, key)));
        },
        new Localizer() {
          @Override
          public Prediction predict(FeatureSequence features) {
            return new Prediction(new double[data.classes().size()], Map.of(), List.of());
          }

          @Override
          public List<Detection> detections(Prediction prediction, SnippetGrid grid) {
            return List.of();
          }
        });
  }

  private static Stage stage(
      String name, long epochs, Optimizer optimizer, Engine engine, RandomKey key, Task task) {
    RandomKey own = key.child(name);
    return new GradientStage<>(
        name, task.order.steps(epochs), Schedule.constant(0.01), optimizer, engine, own, task);
  }

  /** What both stages of the first network share. */
  private static final class Memory {
    private final Engine engine;
    private final TrainingData data;
    private final Linear score;
    private final Tensor bank; // [C], of single precision
    private final BestWeights best;
    private double[][] labels = {}; // [V][T], none until they are made
    private int generation;

    Memory(Engine engine, TrainingData data, Linear score, Parameters parameters) {
      this.engine = engine;
      this.data = data;
      this.score = score;
      this.bank = engine.lasting(Shape.of(data.classes()));
      this.best = new BestWeights(parameters);
    }

    void remember(TrainingState state) {
      state.tensor("bank", bank);
      state.arrays(
          "labels",
          () -> {
            Map<String, NpyArray> arrays = new LinkedHashMap<>();
            for (int v = 0; v < labels.length; v++) {
              arrays.put(data.id(v), NpyArray.ofDoubles(labels[v], labels[v].length));
            }
            return arrays;
          },
          arrays ->
              labels =
                  arrays.isEmpty()
                      ? new double[0][]
                      : IntStream.range(0, data.size())
                          .mapToObj(v -> arrays.get(data.id(v)).toDoubles())
                          .toArray(double[][]::new));
      state.text(
          "generation",
          () -> Integer.toString(generation),
          text -> generation = Integer.parseInt(text));
      best.remember("best", state);
    }

    /** Labels every recording, as the weights are now: a pass with dropout on. */
    void renew(StepPosition at, RandomKey key) {
      generation++;
      double[][] made = new double[data.size()][];
      for (int v = 0; v < made.length; v++) {
        try (Scope scope = engine.scope()) {
          EvaluationPass pass = new EvaluationPass(key.child(at.step()).child(v));
          Tensor x = Batch.whole(data, v).features(engine);
          made[v] =
              score
                  .forward(pass, new Dropout(0.3).forward(pass, x))
                  .max(2, false)
                  .sigmoid()
                  .toDoubles();
        }
      }
      labels = made;
    }

    /** Moves the bank towards the scores now, and evaluates. */
    void follow(StepPosition at) {
      try (Scope scope = engine.scope()) {
        Tensor x = Batch.whole(data, (int) (at.step() % data.size())).features(engine);
        Tensor now = score.forward(new EvaluationPass(), x).mean(false, 1).reshape(-1);
        bank.assign(bank.multiply(0.9).add(now.multiply(0.1)));
        best.offer(Arrays.stream(bank.toDoubles()).sum() * Math.sin((double) at.step()));
      }
    }
  }

  /** Whole recordings in shuffled order, three to a step. */
  private static final class Task implements TrainingTask<List<Batch>> {
    private final @Nullable Memory memory; // null for the stage between
    private final TrainingData data;
    private final Linear network;
    private final RandomKey key;
    private final EpochOrder order;

    Task(@Nullable Memory memory, TrainingData data, Linear network, RandomKey key) {
      this.memory = memory;
      this.data = data;
      this.network = network;
      this.key = key;
      this.order = new EpochOrder(data.size(), BATCH, EpochOrder.Rest.CARRIED, key.child("order"));
    }

    @Override
    public void remember(TrainingState state) {
      if (memory != null) {
        memory.remember(state);
      }
    }

    @Override
    public StepPosition position(long step) {
      return order.position(step);
    }

    @Override
    public List<Batch> draw(StepPosition at, RandomKey drawn) {
      return Arrays.stream(order.at(at.step())).mapToObj(v -> Batch.whole(data, v)).toList();
    }

    @Override
    public void before(StepPosition at, Progress progress) {
      if (memory != null && at.place() == 1) { // within the epoch, and within the stage
        memory.renew(at, key.child("renewal"));
      }
    }

    @Override
    public void after(StepPosition at, Progress progress) {
      if (memory != null) {
        memory.follow(at);
      }
    }

    @Override
    public List<List<Batch>> parts(List<Batch> batch) {
      return batch.stream().map(List::of).toList();
    }

    @Override
    public Map<String, Variable> losses(TrainingPass pass, List<Batch> batch) {
      Batch one = batch.get(0);
      Engine engine = pass.tape().engine();
      Variable x = new Dropout(0.2).forward(pass, pass.constant(one.features(engine)));
      Variable scores = network.forward(pass, x); // [1,T,C]
      Variable loss = scores.square().mean();
      if (memory != null) {
        loss =
            loss.add(
                scores
                    .mean(false, 1)
                    .reshape(-1)
                    .subtract(pass.constant(memory.bank))
                    .square()
                    .mean());
        if (memory.labels.length > 0) {
          double[] own = memory.labels[one.recording(0)];
          Variable target = pass.constant(engine.tensor(own, 1, own.length));
          loss = loss.add(scores.max(2, false).sigmoid().subtract(target).square().mean());
        }
      }
      return Map.of("loss", loss);
    }
  }
}
