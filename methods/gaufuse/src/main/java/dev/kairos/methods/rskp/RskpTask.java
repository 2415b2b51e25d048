// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.rskp;

import dev.kairos.autograd.Variable;
import dev.kairos.methods.host.LabelPlan;
import dev.kairos.methods.host.WholeHostTask;
import dev.kairos.methods.training.Batch;
import dev.kairos.methods.training.EpochOrder;
import dev.kairos.methods.training.Progress;
import dev.kairos.methods.training.ShardWorkers;
import dev.kairos.methods.training.StageTrial;
import dev.kairos.methods.training.StepPosition;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.methods.training.TrainingState;
import dev.kairos.nn.EvaluationPass;
import dev.kairos.nn.TrainingPass;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.io.NpyArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The training of RSKP: whole recordings at their own length, in an order that is shuffled once an
 * epoch. The memory bank is part of what a checkpoint holds. A step that has recordings of two
 * epochs counts to the earlier one.
 */
final class RskpTask implements WholeHostTask {
  private static final String STATE = "memory";
  private static final int FILLED = 256; // recordings that are brought together at a time

  private final RskpConfig config;
  private final RskpNetwork network;
  private final TrainingData data;
  private final Engine engine;
  private final EpochOrder order;
  private final LabelPlan plan;
  private final MemoryBank bank;
  private final RememberingLosses losses;
  private ShardWorkers workers = ShardWorkers.alone();
  private boolean remembers;
  private RskpLosses.Weights weights = RskpLosses.Weights.published(1);

  RskpTask(
      RskpConfig config,
      RskpNetwork network,
      TrainingData data,
      Engine engine,
      EpochOrder order,
      LabelPlan plan) {
    this.config = config;
    this.network = network;
    this.data = data;
    this.engine = engine;
    this.order = order;
    this.plan = plan;
    this.bank = new MemoryBank(data.classes(), config.memory().slots(), config.network().hidden());
    this.losses = new RememberingLosses(network, bank, config.memory().indexBug());
  }

  @Override
  public void begin() {
    bank.clear();
  }

  @Override
  public void remember(TrainingState state) {
    state.arrays(
        STATE,
        () ->
            Map.of(
                "vectors", NpyArray.ofDoubles(bank.vectors(), bank.vectors().length),
                "scores", NpyArray.ofDoubles(bank.scores(), bank.scores().length)),
        saved -> bank.restore(values(saved, "vectors"), values(saved, "scores")));
  }

  private static double[] values(Map<String, NpyArray> saved, String name) {
    NpyArray array = saved.get(name);
    if (array == null) {
      throw new IllegalArgumentException("there are no " + name + " among " + saved.keySet());
    }
    return array.toDoubles();
  }

  @Override
  public EpochOrder order() {
    return order;
  }

  @Override
  public TrainingData data() {
    return data;
  }

  @Override
  public void workers(ShardWorkers all) {
    workers = all;
  }

  /** A shard sees the bank as it was before the step, and what the shard itself brought into it. */
  @Override
  public void beginShard() {
    losses.begin();
  }

  @Override
  public byte[] endShard() {
    return losses.takeBack();
  }

  @Override
  public void learn(List<byte[]> shards) {
    shards.forEach(this::takeIn);
  }

  private void takeIn(byte[] updates) {
    BankUpdates.of(updates).applyTo(bank);
  }

  @Override
  public void before(StepPosition at, Progress progress) {
    RskpConfig.LossWeights each = config.weights();
    remembers = at.epoch() >= config.memory().from();
    boolean less = remembers && !plan.labelled(at.epoch(), config.epochs());
    weights =
        new RskpLosses.Weights(
            each.background(),
            each.attention(),
            less ? each.propagationWithMemory() : each.propagation());
  }

  @Override
  public Scored scored(TrainingPass pass, Batch batch) {
    Tensor whole = batch.features(engine);
    Variable x = pass.constant(whole.reshape(whole.shape().size(1), -1));
    RememberingLosses.Result result =
        losses.of(pass, x, data.labels(batch.recording(0)), remembers, weights);
    RskpLosses.Parts parts = result.losses();
    Map<String, Variable> named = new LinkedHashMap<>();
    named.put("loss", parts.total());
    named.put("loss_foreground", parts.foreground());
    named.put("loss_background", parts.background());
    named.put("loss_attention", parts.attention());
    named.put("loss_propagation", parts.propagation());
    double share = config.inference().labelSnippetShare();
    return new Scored(
        named,
        List.of(
            new Scores(result.output().original().logits(), share, Form.SOFTMAX),
            new Scores(result.output().propagated().logits(), 1 - share, Form.SOFTMAX)));
  }

  /** Before the first epoch that uses the bank it is filled from all recordings, in their order. */
  @Override
  public void after(StepPosition at, Progress progress) {
    if (fills(at)) {
      fill();
    }
  }

  private boolean fills(StepPosition at) {
    return at.endsEpoch() && at.epoch() + 1 == config.memory().from();
  }

  @Override
  public List<StageTrial.Occasional> occasional(long steps) {
    long times = LongStream.range(0, steps).filter(s -> fills(order.position(s))).count();
    return times == 0 ? List.of() : List.of(new StageTrial.Occasional(times, this::fill));
  }

  private void fill() {
    for (int from = 0; from < data.size(); from += FILLED) {
      int first = from;
      int count = Math.min(FILLED, data.size() - from);
      workers.all("memory bank", count, i -> updates(first + i)).forEach(this::takeIn);
    }
  }

  private byte[] updates(int recording) {
    Batch batch = Batch.whole(data, recording);
    BankUpdates updates = new BankUpdates();
    try (Scope scope = engine.scope()) {
      Tensor whole = batch.features(engine);
      Tensor x = whole.reshape(whole.shape().size(1), -1);
      updates.add(
          RememberingLosses.update(
              network.forward(new EvaluationPass(), x), data.labels(recording)));
    }
    batch.release();
    return updates.toBytes();
  }

  @Override
  public void renewed() {
    bank.clear();
  }
}
