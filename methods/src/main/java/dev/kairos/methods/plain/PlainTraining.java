// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.plain;

import dev.kairos.autograd.Variable;
import dev.kairos.kernels.Philox;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.training.ConfigException;
import dev.kairos.methods.training.GradientStep;
import dev.kairos.methods.training.Stage;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.methods.training.TrainingData.Point;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.TrainingPass;
import dev.kairos.nn.optim.Adam;
import dev.kairos.nn.optim.Optimizer;
import dev.kairos.nn.optim.Schedule;
import dev.kairos.tensor.Engine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The one training: random sets of recordings, each at its own length, Adam with a rate that falls
 * like half a cosine.
 */
final class PlainTraining implements Stage {
  private final PlainConfig config;
  private final PlainModel network;
  private final TrainingData data;
  private final Engine engine;
  private final RandomKey key;
  private final int[] recordings; // those that have labels of the kind asked for
  private final Adam adam;
  private final Schedule schedule;

  PlainTraining(
      PlainConfig config,
      PlainModel network,
      Parameters parameters,
      TrainingData data,
      RandomKey key) {
    this.config = config;
    this.network = network;
    this.data = data;
    this.engine = parameters.engine();
    this.key = key;
    this.recordings = IntStream.range(0, data.size()).filter(this::labelled).toArray();
    this.adam = new Adam(parameters, Adam.Options.defaults().withWeightDecay(config.weightDecay()));
    this.schedule = Schedule.cosine(config.learningRate(), config.steps());
    if (recordings.length == 0) {
      throw new ConfigException(
          "KCONF-003",
          "supervision must fit the data: no recording to train on has "
              + (config.supervision() == Supervision.POINTS ? "a point" : "a segment"),
          "supervision=clip needs neither");
    }
  }

  private boolean labelled(int recording) {
    return switch (config.supervision()) {
      case CLIP -> true;
      case POINTS -> !data.points(recording).isEmpty();
      case FULL -> {
        boolean found = false;
        for (float label : data.snippetLabels(recording)) {
          found |= label > 0;
        }
        yield found;
      }
    };
  }

  @Override
  public String name() {
    return "plain";
  }

  @Override
  public long steps() {
    return config.steps();
  }

  @Override
  public Optimizer optimizer() {
    return adam;
  }

  @Override
  public Map<String, Double> step(long step) {
    RandomGenerator random = Philox.generator(key.child("batch").child(step));
    int[] batch = distinct(random);
    return GradientStep.run(
        engine,
        name(),
        step,
        key.child("dropout").child(step),
        adam,
        schedule.at(step),
        pass -> {
          List<Variable> clip = new ArrayList<>();
          List<Variable> snippets = new ArrayList<>();
          for (int recording : batch) {
            add(pass, recording, random, clip, snippets);
          }
          return total(clip, snippets);
        });
  }

  /** The numbers of {@code min(batch, N)} different recordings. */
  private int[] distinct(RandomGenerator random) {
    int[] order = recordings.clone();
    int count = Math.min(config.batch(), order.length);
    for (int i = 0; i < count; i++) {
      int other = i + random.nextInt(order.length - i);
      int chosen = order[other];
      order[other] = order[i];
      order[i] = chosen;
    }
    return Arrays.copyOf(order, count);
  }

  /** Appends the losses of one recording. */
  private void add(
      TrainingPass pass,
      int recording,
      RandomGenerator random,
      List<Variable> clip,
      List<Variable> snippets) {
    FeatureSequence features = data.features(recording);
    List<Point> points =
        config.supervision() == Supervision.POINTS ? data.points(recording) : List.of();
    SampledRecording sampled =
        SampledRecording.random(config.segments(), features.length(), points, random);
    int samples = sampled.snippets().length;
    int classes = data.classes();
    Variable x =
        pass.constant(
            engine.tensor(
                features.select(sampled.snippets()).values(), 1, samples, features.width()));
    Variable logits = network.forward(pass, x); // [1,S,C]
    if (config.clipWeight() > 0) {
      Variable labels = pass.constant(engine.tensor(data.labels(recording), 1, classes));
      clip.add(PlainLosses.clip(logits, labels, config.topK(samples)));
    }
    if (config.supervision() != Supervision.CLIP) {
      SnippetTargets targets = targets(recording, sampled, points, logits);
      snippets.add(
          PlainLosses.snippets(
              logits,
              pass.constant(targets.targets(engine)),
              pass.constant(targets.weights(engine))));
    }
  }

  private SnippetTargets targets(
      int recording, SampledRecording sampled, List<Point> points, Variable logits) {
    int samples = sampled.snippets().length;
    int classes = data.classes();
    if (config.supervision() == Supervision.FULL) {
      return SnippetTargets.full(segments(recording, sampled), samples, classes);
    }
    double[] scores = logits.value().sigmoid().toDoubles(); // [1,S,C]
    return new PointTargets(config, samples, classes, sampled.places(points)).of(scores);
  }

  /** The annotated classes of the sampled snippets, {@code [S,C]}. */
  private float[] segments(int recording, SampledRecording sampled) {
    int classes = data.classes();
    int[] snippets = sampled.snippets();
    float[] all = data.snippetLabels(recording);
    float[] labels = new float[snippets.length * classes];
    for (int s = 0; s < snippets.length; s++) {
      System.arraycopy(all, snippets[s] * classes, labels, s * classes, classes);
    }
    return labels;
  }

  private Map<String, Variable> total(List<Variable> clip, List<Variable> snippets) {
    Map<String, Variable> losses = new LinkedHashMap<>();
    if (clip.isEmpty()) {
      losses.put("loss", mean(snippets));
    } else if (snippets.isEmpty()) {
      losses.put("loss", mean(clip));
    } else {
      Variable ofClips = mean(clip);
      Variable ofSnippets = mean(snippets);
      losses.put("loss", ofClips.multiply(config.clipWeight()).add(ofSnippets));
      losses.put("loss_clip", ofClips);
      losses.put("loss_snippets", ofSnippets);
    }
    return losses;
  }

  private static Variable mean(List<Variable> parts) {
    Variable sum = parts.get(0);
    for (Variable part : parts.subList(1, parts.size())) {
      sum = sum.add(part);
    }
    return sum.multiply(1.0 / parts.size());
  }
}
