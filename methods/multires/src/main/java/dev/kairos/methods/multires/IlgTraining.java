// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import dev.kairos.autograd.Variable;
import dev.kairos.kernels.Philox;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.training.Batch;
import dev.kairos.methods.training.StepPosition;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.methods.training.TrainingTask;
import dev.kairos.nn.TrainingPass;
import dev.kairos.tensor.Engine;
import java.util.List;
import java.util.Map;

/**
 * The training of both streams together. Each step draws random recordings, the same snippets for
 * both streams, and one relative length to which all of them are resampled.
 */
final class IlgTraining implements TrainingTask<IlgTraining.Drawn> {
  private final IlgConfig config;
  private final IlgModel model;
  private final TrainingData data;
  private final Engine engine;

  IlgTraining(IlgConfig config, IlgModel model, TrainingData data, Engine engine) {
    this.config = config;
    this.model = model;
    this.data = data;
    this.engine = engine;
  }

  /** What a step learns from. */
  record Drawn(Batch batch, double scale) {}

  @Override
  public Drawn draw(StepPosition at, RandomKey key) {
    double share = Philox.generator(key.child("scale")).nextDouble();
    double scale = config.leastScale() + share * (config.mostScale() - config.leastScale());
    return new Drawn(Batch.random(data, config.batch(), config.segments(), key), scale);
  }

  @Override
  public void release(Drawn drawn) {
    drawn.batch().release();
  }

  @Override
  public Map<String, Variable> losses(TrainingPass pass, Drawn drawn) {
    Batch batch = drawn.batch();
    List<Variable> x =
        model.split(batch.features(engine)).stream().map(pass::constant).toList(); // [B,S,F]
    Variable labels = pass.constant(batch.labels(engine));
    return config.losses().of(engine, model, pass, x, labels, drawn.scale());
  }
}
