// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.gaufuse;

import dev.kairos.methods.proposal.InstanceFusion;
import dev.kairos.methods.pseudolabel.LabelRenewal;
import dev.kairos.methods.settings.Settings;

/**
 * The settings of training on labels of fused instances; those of the host are its own.
 *
 * @param labels what labels are learned
 * @param schedule when labels are made and learned
 * @param delta whether changes between generations are learned where the schedule says so; else the
 *     newest labels to the end
 * @param scheduledRates whether the learning rate falls as the schedule says, or is the host's
 * @param labelWeight the most that the loss of labels is weighted with; the schedule starts at 10
 * @param deltaScale what the schedule's factor of changes is multiplied with
 * @param floor probability below which a negative label asks for nothing more; 0 for none
 * @param dropout whether labels are made with dropout on, as the published code does unawares
 * @param ownClasses whether only classes that a recording has get labels
 * @param fusion what makes instances of overlapping candidates, at {@code temperature}
 * @param temperature of that fusion; 0 for what the schedule says
 * @param renewal what makes labels of instances
 */
record GaufuseConfig(
    Kind labels,
    LabelSchedule schedule,
    boolean delta,
    boolean scheduledRates,
    double labelWeight,
    double deltaScale,
    double floor,
    boolean dropout,
    boolean ownClasses,
    InstanceFusion fusion,
    double temperature,
    LabelRenewal.Options renewal) {

  /** What labels are learned. */
  enum Kind {
    /** None: the control, as long and at the same rates. */
    NONE,
    /** Of fused instances. */
    LINPRO
  }

  /** Reads every key. */
  static GaufuseConfig from(Settings settings) {
    settings.describedBy(GaufuseConfig.class);
    InstanceFusion fusion = InstanceFusion.gaussian();
    return new GaufuseConfig(
        settings.choice("labels", Kind.LINPRO),
        settings.choice("schedule", "code", "code", "paper").equals("code")
            ? LabelSchedule.CODE
            : LabelSchedule.PAPER,
        settings.flag("delta", true),
        settings.choice("rates", "host", "host", "schedule").equals("schedule"),
        settings.number("labelWeight", 50, 0, 1e6),
        settings.number("deltaScale", 1, 0, 1e6),
        settings.number("labelFloor", LabelLoss.FLOOR, 0, 0.999),
        settings.flag("pseudo.dropout", false),
        settings.flag("pseudo.filterByVideoLabel", false),
        new InstanceFusion(
            settings.choice("labelFusion.template", fusion.template()),
            settings.choice("labelFusion.overlap", fusion.overlap()),
            settings.number("labelFusion.threshold", fusion.threshold(), 0, 1),
            settings.choice("labelFusion.logit", fusion.logit()),
            fusion.temperature()),
        settings.number("labelFusion.temperature", 0, 0, 1e6),
        LabelRenewal.Options.read(settings, LabelRenewal.Options.defaults()));
  }

  /** The fusion that makes a generation. */
  InstanceFusion fusion(int generation) {
    return fusion.withTemperature(temperature > 0 ? temperature : schedule.temperature(generation));
  }
}
