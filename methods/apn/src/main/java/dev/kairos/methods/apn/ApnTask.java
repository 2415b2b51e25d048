// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import dev.kairos.autograd.Variable;
import dev.kairos.kernels.Philox;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.apn.medoids.ActionRule;
import dev.kairos.methods.apn.medoids.FeatureRows;
import dev.kairos.methods.apn.medoids.MarkedPoints;
import dev.kairos.methods.apn.medoids.ProposalSampling;
import dev.kairos.methods.apn.medoids.PseudoActions;
import dev.kairos.methods.files.Plural;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.pseudolabel.PointTargets;
import dev.kairos.methods.pseudolabel.SnippetTargets;
import dev.kairos.methods.run.StageFolder;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.training.EpochOrder;
import dev.kairos.methods.training.Progress;
import dev.kairos.methods.training.StageTrial;
import dev.kairos.methods.training.StepPosition;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.methods.training.TrainingData.Point;
import dev.kairos.methods.training.TrainingState;
import dev.kairos.methods.training.TrainingTask;
import dev.kairos.nn.TrainingPass;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The training: whole recordings in an order that is shuffled once an epoch, those without points
 * left out. Pseudo actions are renewed when their recording is drawn, from what the network embeds
 * in that very step; they are part of what a checkpoint holds.
 */
final class ApnTask implements TrainingTask<ApnBatch> {
  private final ApnConfig config;
  private final TrainingData data;
  private final Engine engine;
  private final int[] recordings; // those with points
  private final EpochOrder order; // of those
  private final LabelMemory memory;
  private final ActionRule rule;
  private final PseudoActionLog log;
  private final ApnLosses losses;
  private final int gap;

  ApnTask(ApnConfig config, ApnNetwork network, TrainingData data, Engine engine, RandomKey key) {
    this.config = config;
    this.data = data;
    this.engine = engine;
    this.recordings =
        IntStream.range(0, data.size()).filter(v -> !data.points(v).isEmpty()).toArray();
    if (recordings.length == 0) {
      throw new ConfigException(
          "KCONF-003",
          "apn learns from points: no recording to train on has one",
          "points.csv in the data folder holds them; kairos inspect counts them");
    }
    this.order =
        new EpochOrder(recordings.length, config.training().batch(), EpochOrder.Rest.SMALLER, key);
    this.memory =
        new LabelMemory(
            IntStream.range(0, data.size()).mapToObj(this::points).toList(),
            IntStream.range(0, data.size()).map(this::length).toArray());
    this.rule = config.labels().rule();
    this.log =
        new PseudoActionLog(
            config.labels().logEvery(),
            config.training().epochs(),
            order,
            new PseudoActionLook(config, network, data, engine, memory, recordings));
    this.gap = config.network().of(data.width()).gap();
    this.losses = new ApnLosses(network, config.losses(), config.network().encoder().samples());
  }

  /** How many snippets of a recording the network sees. */
  private int length(int recording) {
    return config.length() == 0 ? data.length(recording) : config.length();
  }

  /** The points of a recording on the snippets that the network sees. */
  private List<Point> marks(int recording) {
    return config.length() == 0 ? data.points(recording) : data.points(recording, config.length());
  }

  private MarkedPoints points(int recording) {
    List<Point> all = marks(recording);
    int[] snippets = new int[all.size()];
    int[] labels = new int[all.size()];
    for (int i = 0; i < snippets.length; i++) {
      snippets[i] = all.get(i).snippet();
      labels[i] = all.get(i).label();
    }
    return MarkedPoints.of(
        snippets, labels, config.points().pairs(data.classNames()), config.points().distance());
  }

  /** Steps in all. */
  long steps() {
    return order.steps(config.training().epochs());
  }

  @Override
  public void begin() {
    memory.clear();
    log.clear();
  }

  @Override
  public void remember(TrainingState state) {
    memory.remember(state);
    log.remember(state);
  }

  @Override
  public void before(StepPosition at, Progress progress) {
    if (at.step() == 0) {
      noteLeftOut(progress);
    }
    log.before(at, progress);
  }

  private void noteLeftOut(Progress progress) {
    List<String> without =
        IntStream.range(0, data.size())
            .filter(v -> memory.points(v).count() == 0)
            .mapToObj(data::id)
            .toList();
    if (!without.isEmpty()) {
      progress.note(
          "apn: left out of training, "
              + Plural.of(without.size(), "recording")
              + " without a point: "
              + Shown.some(without));
    }
  }

  /** Steps are tried in any order: each finds its recordings as if they were drawn first. */
  @Override
  public void beforeTrial(StepPosition at) {
    memory.clear();
  }

  @Override
  public List<StageTrial.Occasional> occasional(long steps) {
    return log.occasional();
  }

  @Override
  public void after(StepPosition at, Progress progress) {
    log.after(at, progress);
  }

  @Override
  public StepPosition position(long step) {
    return order.position(step);
  }

  @Override
  public ApnBatch draw(StepPosition at, RandomKey key) {
    int[] drawn = IntStream.of(order.at(at.step())).map(place -> recordings[place]).toArray();
    return ApnBatch.read(data, drawn, gap, at.step(), key);
  }

  /** Snippets of all its recordings. */
  @Override
  public double size(StepPosition at) {
    return IntStream.of(order.at(at.step())).mapToLong(place -> length(recordings[place])).sum();
  }

  @Override
  public Map<String, Variable> losses(TrainingPass pass, ApnBatch batch) {
    return losses.of(
        pass,
        batch.features(engine, config.length()),
        batch.joined(config.length()),
        (place, embedded, classes) ->
            labels(
                batch.recording(place),
                ComparedSnippets.of(config.labels(), embedded, classes),
                batch.step()),
        (place, classes) -> targets(batch.recording(place), classes),
        (place, starts, ends, labels) ->
            chosen(starts, ends, labels, batch.key().child(data.id(batch.recording(place)))));
  }

  private PseudoActions labels(int recording, Tensor embedded, long step) {
    if (config.labels().schedule().isDue(step, memory.made(recording))) {
      memory.put(recording, clustered(recording, embedded), step);
    }
    return memory.of(recording);
  }

  /** Fresh pseudo actions of a recording. */
  private PseudoActions clustered(int recording, Tensor embedded) {
    FeatureRows rows = FeatureRows.of(embedded.toFloats(), embedded.shape().size(1));
    return rule.cluster(rows, memory.points(recording));
  }

  private TrainingProposals chosen(
      double[] starts, double[] ends, PseudoActions labels, RandomKey key) {
    ApnConfig.Candidates limits = config.candidates();
    TrainingProposals all =
        TrainingProposals.of(
            BoundaryProposals.of(starts, ends, limits.shortest(), limits.longest()),
            labels,
            starts.length,
            config.trained(),
            config.withPseudoActions());
    if (all.count() <= config.perRecording()) {
      return all;
    }
    double[] keys = Philox.generator(key).doubles(all.count()).toArray();
    double[] overlaps = new double[keys.length];
    boolean[] pseudo = new boolean[keys.length];
    for (int p = 0; p < pseudo.length; p++) {
      overlaps[p] = all.all().get(p).overlap();
      pseudo[p] = all.all().get(p).isPseudoAction();
    }
    return all.select(ProposalSampling.draw(overlaps, pseudo, keys, config.perRecording()));
  }

  /** What the snippets of a recording should be, by its points and their present classes. */
  private SnippetTargets targets(int recording, Tensor classes) {
    return new PointTargets(
            config.targets(), classes.shape().size(0), data.classes(), marks(recording))
        .of(classes.toDoubles());
  }

  /** Leaves what it saw of its pseudo actions. */
  void leave(StageFolder folder) throws IOException {
    log.leave(folder);
  }
}
