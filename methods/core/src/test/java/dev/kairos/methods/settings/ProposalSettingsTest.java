// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kairos.methods.proposal.FusionTemplate;
import dev.kairos.methods.proposal.InstanceFusion;
import dev.kairos.methods.proposal.NonMaximumSuppression;
import dev.kairos.methods.proposal.OuterMargin;
import dev.kairos.methods.proposal.ProposalOptions;
import dev.kairos.methods.proposal.SoftNms;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProposalSettingsTest {
  private static ProposalOptions read(String... overrides) {
    Settings settings = Settings.empty().withOverrides(List.of(overrides));
    ProposalOptions options =
        ProposalSettings.read(settings, "thresholds", ProposalOptions.basnet());
    settings.finish();
    return options;
  }

  @Test
  void nothingSaidIsThePublishedProcedure() {
    assertEquals(ProposalOptions.basnet(), read());
    assertEquals(ProposalOptions.basnet(), read("suppression=nms", "runs=at-least"));
  }

  @Test
  void aSuppressionIsChosenWithItsOwnKeys() {
    assertEquals(
        new NonMaximumSuppression(0.4, false),
        read("nmsThreshold=0.4", "nmsPlusOne=false").suppression());
    assertEquals(SoftNms.gaussian(), read("suppression=soft-nms").suppression());
    assertEquals(InstanceFusion.gaussian(), read("suppression=fusion").suppression());
    assertEquals(
        new InstanceFusion(
            FusionTemplate.STUDENT,
            InstanceFusion.Overlap.IOU,
            0.4,
            InstanceFusion.Logit.SCORE,
            0.1),
        read(
                "suppression=fusion",
                "fusion.template=student",
                "fusion.overlap=iou",
                "fusion.threshold=0.4",
                "fusion.logit=score",
                "fusion.temperature=0.1")
            .suppression());
    assertEquals(
        SoftNms.linear(), read("suppression=soft-nms", "softNms.decay=linear").suppression());
    assertEquals(
        new SoftNms(SoftNms.Decay.GAUSSIAN, 0.7, 0.01),
        read("suppression=soft-nms", "softNms.parameter=0.7", "softNms.floor=0.01").suppression());
  }

  @Test
  void aKeyOfTheOtherSuppressionIsUnknown() {
    assertThrows(ConfigException.class, () -> read("softNms.floor=0.01"));
    assertThrows(ConfigException.class, () -> read("fusion.temperature=0.1"));
    assertThrows(ConfigException.class, () -> read("suppression=fusion", "nmsPlusOne=true"));
    assertThrows(ConfigException.class, () -> read("suppression=soft-nms", "nmsThreshold=0.4"));
  }

  @Test
  void runsAndMarginAreSettings() {
    ProposalOptions options = read("runs=above", "outerMargin=0.0785", "outerMarginExponent=0.9");
    assertEquals(ProposalOptions.Runs.ABOVE, options.runs());
    assertEquals(new OuterMargin(0.0785, 0.9), options.margin());
  }
}
