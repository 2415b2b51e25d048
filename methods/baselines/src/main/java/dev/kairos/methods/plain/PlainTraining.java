// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.plain;

import dev.kairos.autograd.Variable;
import dev.kairos.kernels.Philox;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.pseudolabel.PointTargets;
import dev.kairos.methods.pseudolabel.SnippetTargets;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.training.GradientStage;
import dev.kairos.methods.training.Shard;
import dev.kairos.methods.training.Stage;
import dev.kairos.methods.training.StepPosition;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.methods.training.TrainingData.Point;
import dev.kairos.methods.training.TrainingTask;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.TrainingPass;
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
final class PlainTraining implements TrainingTask<List<PlainTraining.Sample>> {
  private final PlainConfig config;
  private final PlainModel network;
  private final TrainingData data;
  private final Engine engine;
  private final int[] recordings; // those that have labels of the kind asked for

  private PlainTraining(PlainConfig config, PlainModel network, TrainingData data, Engine engine) {
    this.config = config;
    this.network = network;
    this.data = data;
    this.engine = engine;
    this.recordings = IntStream.range(0, data.size()).filter(this::labelled).toArray();
    if (recordings.length == 0) {
      throw new ConfigException(
          "KCONF-003",
          "supervision must fit the data: no recording to train on has "
              + (config.supervision() == Supervision.POINTS ? "a point" : "a segment"),
          "supervision=clip needs neither");
    }
  }

  static Stage of(
      PlainConfig config,
      PlainModel network,
      Parameters parameters,
      TrainingData data,
      RandomKey key) {
    return GradientStage.withAdam(
        "plain",
        config.steps(),
        Schedule.cosine(config.learningRate(), Math.max(1, config.steps())),
        config.weightDecay(),
        parameters,
        key,
        new PlainTraining(config, network, data, parameters.engine()));
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

  /** A recording as a step sees it. */
  static final class Sample {
    final int recording;
    final SampledRecording sampled;
    final float[] features; // of the sampled snippets, [S,D]
    final List<Point> points; // on the recording's own grid

    Sample(int recording, SampledRecording sampled, float[] features, List<Point> points) {
      this.recording = recording;
      this.sampled = sampled;
      this.features = features;
      this.points = points;
    }
  }

  /** A recording whose snippets were drawn and not yet read. */
  private record Drawn(int recording, SampledRecording sampled, List<Point> points) {}

  @Override
  public List<Sample> draw(StepPosition at, RandomKey key) {
    return read(drawn(key));
  }

  /** The loss is a mean over recordings. */
  @Override
  public List<Shard<List<Sample>>> shards(StepPosition at, RandomKey key, int most) {
    List<Drawn> all = drawn(key);
    return Shard.ranges(all.size(), most).stream()
        .map(range -> all.subList(range.from(), range.to()))
        .map(part -> new Shard<>((double) part.size() / all.size(), () -> read(part)))
        .toList();
  }

  private List<Drawn> drawn(RandomKey key) {
    RandomGenerator random = Philox.generator(key);
    List<Drawn> all = new ArrayList<>();
    for (int recording : distinct(random)) {
      List<Point> points =
          config.supervision() == Supervision.POINTS ? data.points(recording) : List.of();
      SampledRecording sampled =
          SampledRecording.random(config.segments(), data.length(recording), points, random);
      all.add(new Drawn(recording, sampled, points));
    }
    return all;
  }

  private List<Sample> read(List<Drawn> drawn) {
    return drawn.stream().map(this::read).toList();
  }

  private Sample read(Drawn drawn) {
    int[] snippets = drawn.sampled().snippets();
    float[] features = new float[snippets.length * data.width()];
    data.copyRows(drawn.recording(), snippets, features, 0);
    return new Sample(drawn.recording(), drawn.sampled(), features, drawn.points());
  }

  @Override
  public Map<String, Variable> losses(TrainingPass pass, List<Sample> batch) {
    List<Variable> clip = new ArrayList<>();
    List<Variable> snippets = new ArrayList<>();
    for (Sample sample : batch) {
      add(pass, sample, clip, snippets);
    }
    return total(clip, snippets);
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
  private void add(TrainingPass pass, Sample sample, List<Variable> clip, List<Variable> snippets) {
    int recording = sample.recording;
    int samples = sample.sampled.snippets().length;
    int classes = data.classes();
    Variable x = pass.constant(engine.tensor(sample.features, 1, samples, data.width()));
    Variable logits = network.forward(pass, x); // [1,S,C]
    if (config.clipWeight() > 0) {
      Variable labels = pass.constant(engine.tensor(data.labels(recording), 1, classes));
      clip.add(PlainLosses.clip(logits, labels, config.topK(samples)));
    }
    if (config.supervision() != Supervision.CLIP) {
      SnippetTargets targets = targets(sample, logits);
      snippets.add(targets.loss(engine, logits));
    }
  }

  private SnippetTargets targets(Sample sample, Variable logits) {
    SampledRecording sampled = sample.sampled;
    int samples = sampled.snippets().length;
    int classes = data.classes();
    if (config.supervision() == Supervision.FULL) {
      return SnippetTargets.full(segments(sample.recording, sampled), samples, classes);
    }
    double[] scores = logits.value().sigmoid().toDoubles(); // [1,S,C]
    List<Point> places = sampled.places(sample.points);
    return new PointTargets(config.pointTargets(), samples, classes, places).of(scores);
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
