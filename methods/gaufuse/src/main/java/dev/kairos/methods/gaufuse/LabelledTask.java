// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.gaufuse;

import dev.kairos.autograd.Variable;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.host.HostModel;
import dev.kairos.methods.host.HostTask;
import dev.kairos.methods.host.HostTraining;
import dev.kairos.methods.host.InstanceSource;
import dev.kairos.methods.pseudolabel.SoftLabels;
import dev.kairos.methods.report.LabelHistory;
import dev.kairos.methods.report.LabelHistory.Generation;
import dev.kairos.methods.report.LabelHistory.LabelledRecording;
import dev.kairos.methods.report.LabelHistoryFile;
import dev.kairos.methods.run.StageFolder;
import dev.kairos.methods.training.Batch;
import dev.kairos.methods.training.Progress;
import dev.kairos.methods.training.Shard;
import dev.kairos.methods.training.ShardWorkers;
import dev.kairos.methods.training.StageTrial;
import dev.kairos.methods.training.StepPosition;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.methods.training.TrainingState;
import dev.kairos.methods.training.TrainingTask;
import dev.kairos.nn.TrainingPass;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The task of a host with the loss of labels beside its own. Before the first step of some epochs
 * new labels are made; the last two generations are part of what a checkpoint holds.
 *
 * <p>Source: "Bridging Train-Test Gap in Pseudo Labels", CVPR 2023, section 3, and its published
 * code.
 */
final class LabelledTask implements TrainingTask<List<Batch>> {
  private final GaufuseConfig config;
  private final HostTask host;
  private final HostTraining training;
  private final TrainingData data;
  private final Engine engine;
  private final RandomKey key;
  private final InstanceSource source;
  private final Renewal renewal;
  private final GenerationLog log = new GenerationLog();
  private final LastLabels last;
  private LabelSchedule.Epoch now;

  LabelledTask(
      GaufuseConfig config,
      HostModel model,
      HostTraining training,
      TrainingData data,
      RandomKey key) {
    this.config = config;
    this.host = training.task();
    this.training = training;
    this.data = data;
    this.engine = training.parameters().engine();
    this.key = key;
    this.source = model.instances();
    this.renewal = new Renewal(config, source, data, model.channels(), engine.backend().threads());
    this.last = new LastLabels(data, model.channels());
    this.now = config.schedule().at(0);
  }

  /**
   * Leaves how labels changed, and the last two generations of them: folders {@code latest} and
   * {@code previous} beside {@value LabelHistoryFile#NAME}.
   */
  void leave(StageFolder folder) throws IOException {
    LabelHistoryFile.write(folder.file(LabelHistoryFile.NAME), history());
    write(folder.path().resolve("latest"), last.latest());
    write(folder.path().resolve("previous"), last.previous());
  }

  private static void write(Path folder, @Nullable SoftLabels labels) throws IOException {
    if (labels != null) {
      labels.write(Files.createDirectories(folder));
    }
  }

  /** How labels changed, and some recordings by the weights as they are. */
  private LabelHistory history() {
    SoftLabels latest = last.latest();
    List<LabelledRecording> shown =
        latest == null
            ? List.of()
            : new ShownLabels(source, config.fusion(last.number()), data)
                .recordings(latest, last.previous());
    return new LabelHistory(log.all(), shown);
  }

  @Override
  public void begin() {
    last.clear();
    log.clear();
    host.begin();
  }

  @Override
  public void remember(TrainingState state) {
    host.remember(state);
    last.remember(state);
    log.remember(state);
  }

  @Override
  public StepPosition position(long step) {
    return host.position(step);
  }

  @Override
  public List<Batch> draw(StepPosition at, RandomKey batchKey) {
    return host.draw(at, batchKey);
  }

  @Override
  public List<Shard<List<Batch>>> shards(StepPosition at, RandomKey batchKey, int most) {
    return host.shards(at, batchKey, most);
  }

  @Override
  public void workers(ShardWorkers workers) {
    host.workers(workers);
    renewal.workers(workers);
  }

  @Override
  public void beginShard() {
    host.beginShard();
  }

  @Override
  public byte[] endShard() {
    return host.endShard();
  }

  @Override
  public void learn(List<byte[]> shards) {
    host.learn(shards);
  }

  @Override
  public List<List<Batch>> parts(List<Batch> batches) {
    return host.parts(batches);
  }

  @Override
  public void release(List<Batch> batches) {
    host.release(batches);
  }

  @Override
  public boolean hasTargets(List<Batch> batches) {
    return host.hasTargets(batches);
  }

  private LabelSchedule.Epoch epoch(long step) {
    return config.schedule().at(LabelSchedule.epochOf(training.done(step), training.length()));
  }

  @Override
  public void before(StepPosition at, Progress progress) {
    host.before(at, progress);
    now = epoch(at.step());
    if (isDue(at.step()) && last.number() < now.latest()) { // made, where the step was undone
      renew(at, now.latest(), progress);
    }
  }

  private boolean isDue(long step) {
    int generation = epoch(step).latest();
    boolean changes = step == 0 ? generation >= 0 : epoch(step - 1).latest() < generation;
    return config.labels() != GaufuseConfig.Kind.NONE && changes;
  }

  @Override
  public void beforeTrial(StepPosition at) {
    host.beforeTrial(at);
    now = epoch(at.step());
  }

  @Override
  public double size(StepPosition at) {
    return host.size(at);
  }

  /** The host's, and renewals: two generations are what steps learn from. */
  @Override
  public List<StageTrial.Occasional> occasional(long steps) {
    List<StageTrial.Occasional> all = new ArrayList<>(host.occasional(steps));
    long times = LongStream.range(0, steps).filter(this::isDue).count();
    if (times > 0) {
      all.add(new StageTrial.Occasional(times, this::tryRenewal));
    }
    return all;
  }

  private void tryRenewal() {
    SoftLabels labels = renewal.make(config.fusion(0), key.child(0)).labels().labels();
    last.add(labels, 0);
    last.add(labels, 1);
  }

  private void renew(StepPosition at, int generation, Progress progress) {
    Renewal.Made made = renewal.make(config.fusion(generation), key.child(generation));
    SoftLabels labels = made.labels().labels();
    Generation measured =
        GenerationLog.measured(
            generation, at.step(), labels, last.latest(), data, made.labels().counts());
    log.add(measured);
    last.add(labels, generation);
    host.renewed();
    progress.note(
        String.format(
            Locale.ROOT,
            "gaufuse: generation %d: label %.4f a snippet, changed by %.4f, %.0f %% of it in the"
                + " recordings' classes; %s; %s",
            generation,
            measured.sum(),
            measured.change(),
            100 * measured.ownClasses(),
            made.labels().counts().sentence(),
            made.times()));
  }

  @Override
  public void after(StepPosition at, Progress progress) {
    host.after(at, progress);
  }

  @Override
  public Map<String, Variable> losses(TrainingPass pass, List<Batch> part) {
    Batch batch = part.get(0);
    HostTask.Scored scored = host.scored(pass, batch);
    Tensor target = target(batch);
    if (target == null) {
      return scored.losses();
    }
    Map<String, Variable> losses = new LinkedHashMap<>(scored.losses());
    Variable sum = null;
    for (HostTask.Scores scores : scored.scores()) {
      Tensor shaped = target.reshape(scores.logits().shape().sizes());
      Variable loss =
          switch (scores.form()) {
            case SOFTMAX -> LabelLoss.softmax(scores.logits(), shaped, config.floor());
            case SIGMOID -> LabelLoss.sigmoid(scores.logits(), shaped, config.floor());
          };
      Variable weighted = loss.multiply(scores.weight());
      sum = sum == null ? weighted : sum.add(weighted);
    }
    if (sum == null) {
      throw new IllegalStateException("a host must score the snippets of a batch");
    }
    double weight = Math.min(now.labelWeight(), config.labelWeight());
    losses.put("loss_labels", sum);
    losses.computeIfPresent(
        "loss", (name, own) -> own.add(losses.get("loss_labels").multiply(weight)));
    return losses;
  }

  /** What a batch's snippets are to learn, {@code [B*S*K]}; null for nothing. */
  private @Nullable Tensor target(Batch batch) {
    LabelSchedule.Target kind =
        now.target() == LabelSchedule.Target.DELTA && !config.delta()
            ? LabelSchedule.Target.PLAIN
            : now.target();
    SoftLabels latest = last.latest();
    SoftLabels previous = last.previous();
    if (latest == null
        || kind == LabelSchedule.Target.NONE
        || (kind == LabelSchedule.Target.DELTA && previous == null)) {
      return null;
    }
    float[] values = rows(latest, batch);
    if (kind == LabelSchedule.Target.DELTA && previous != null) {
      float[] before = rows(previous, batch);
      float factor = (float) (now.factor() * config.deltaScale());
      for (int i = 0; i < values.length; i++) {
        values[i] = factor * (values[i] - before[i]);
      }
    }
    return engine.tensor(values, values.length);
  }

  private static float[] rows(SoftLabels labels, Batch batch) {
    int each = batch.snippets(0).length * labels.channels();
    float[] values = new float[batch.size() * each];
    for (int i = 0; i < batch.size(); i++) {
      labels.copyRows(batch.recording(i), batch.snippets(i), values, i * each);
    }
    return values;
  }
}
