// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.gaufuse;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.host.HostModel;
import dev.kairos.methods.host.HostTraining;
import dev.kairos.methods.host.LabelPlan;
import dev.kairos.methods.localization.Localizer;
import dev.kairos.methods.training.FolderStage;
import dev.kairos.methods.training.HeldOutOptions;
import dev.kairos.methods.training.Model;
import dev.kairos.methods.training.Stage;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.nn.Parameters;
import java.util.List;
import java.util.Optional;

/** A host that learns labels of its own instances. */
final class GaufuseModel implements Model {
  private static final String STAGE = "gaufuse";

  private final GaufuseConfig config;
  private final HostModel host;
  private final RandomKey key;

  GaufuseModel(GaufuseConfig config, HostModel host, RandomKey key) {
    this.config = config;
    this.host = host;
    this.key = key;
  }

  @Override
  public Parameters parameters() {
    return host.parameters();
  }

  @Override
  public HeldOutOptions heldOut() {
    return host.heldOut();
  }

  @Override
  public Optional<String> undivided() {
    return host.undivided();
  }

  @Override
  public List<Stage> stages(TrainingData data) {
    HostTraining training = host.training(data, plan());
    LabelledTask task = new LabelledTask(config, host, training, data, key.child("labels"));
    return List.of(new FolderStage(training.stage(STAGE, task), task::leave));
  }

  private LabelPlan plan() {
    LabelSchedule schedule = config.schedule();
    return new LabelPlan() {
      @Override
      public double rateFactor(long done, long length) {
        return config.scheduledRates()
            ? schedule.rateFactor(LabelSchedule.epochOf(done, length))
            : 1;
      }

      @Override
      public boolean labelled(long done, long length) {
        return schedule.at(LabelSchedule.epochOf(done, length)).target()
            != LabelSchedule.Target.NONE;
      }
    };
  }

  @Override
  public List<String> stageNames() {
    return List.of(STAGE);
  }

  @Override
  public Localizer localizer(String stage) {
    return stage.equals(STAGE) ? localizer() : Model.super.localizer(stage);
  }

  @Override
  public Localizer localizer() {
    return host.localizer();
  }
}
