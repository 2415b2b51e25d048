// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.multires.LowResolution.RowLabel;
import dev.kairos.methods.multires.LowResolution.Upsampling;
import dev.kairos.methods.multires.PtlrConfig.RefinementStage;
import dev.kairos.methods.pseudolabel.ThresholdLabels;
import dev.kairos.methods.pseudolabel.ThresholdLabels.Normalisation;
import dev.kairos.methods.pseudolabel.ThresholdLabels.ThresholdOf;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.settings.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PtlrConfigTest {
  private static PtlrConfig config(String... overrides) {
    return PtlrConfig.from(Settings.empty().withOverrides(List.of(overrides)));
  }

  private static List<String> names(PtlrConfig config) {
    return config.refinementStages().stream().map(RefinementStage::name).toList();
  }

  @Test
  void theNetworksTakeTurnsWithOneThresholdEachStage() {
    assertEquals(
        List.of("ptlr1-ots", "ptlr1-rts", "ptlr2-ots", "ptlr2-rts", "ptlr3-ots", "ptlr3-rts"),
        names(config()));
    assertEquals(
        List.of(0.7, 0.7, 0.65, 0.65, 0.6, 0.6),
        config().refinementStages().stream().map(RefinementStage::theta).toList());
    assertEquals(0.55, config("ptlr.stages=4").refinementStages().get(7).theta());
  }

  @Test
  void oneNetworkAloneTrainsOnceInAStage() {
    assertEquals(
        List.of("ptlr1-ots", "ptlr2-ots", "ptlr3-ots"), names(config("ptlr.networks=ots")));
    assertEquals(List.of("ptlr1-rts"), names(config("ptlr.networks=rts", "ptlr.stages=1")));
  }

  @Test
  void defaultsAreThoseOfThePaper() {
    PtlrConfig config = config();
    assertEquals(750, config.segments());
    assertEquals(512, config.hidden());
    assertEquals(3, config.scales());
    assertEquals(500, config.steps());
    assertEquals(1e-3, config.learningRate());
    assertEquals(SelectedMean.BATCH, config.selectedMean());
    assertEquals(LowResolution.DEFAULT, config.lowResolution());
    assertEquals(new ThresholdLabels(0.6, true), config.labeller(0.6));
    assertTrue(config.restrictToVideoLabels());
    assertEquals(21, config.proposals().thresholds().size());
  }

  @Test
  void labelsAndTheWayBackAreChosenByWords() {
    PtlrConfig config =
        config(
            "ptlr.lowLabels=majority",
            "ptlr.upsample=linear",
            "ptlr.labelNormalisation=minmax",
            "ptlr.thresholdOf=peak",
            "restrictToVideoLabels=false");
    assertEquals(new LowResolution(RowLabel.MAJORITY, Upsampling.LINEAR), config.lowResolution());
    assertEquals(config.lowResolution(), config.losses().low());
    assertEquals(
        new ThresholdLabels(0.6, false, Normalisation.MINMAX, ThresholdOf.PEAK),
        config.labeller(0.6));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ptlr.stages=5",
        "ptlr.stages=0",
        "ptlr.thetas=0.7,0.6",
        "ptlr.thetas=0.7,0.6,0",
        "ptlr.thetas=0.7,0.6,1.1",
        "ptlr.scales=0",
        "ptlr.networks=all",
        "ptlr.dropout=1",
        "ptlr.selectedMean=none",
        "ptlr.lowLabels=middle",
        "ptlr.upsample=cubic",
        "ptlr.labelNormalisation=softmax",
        "ptlr.thresholdOf=mean",
        "ptlr.hidden=0"
      })
  void valuesOutOfRangeAreRefused(String override) {
    ConfigException e = assertThrows(ConfigException.class, () -> config(override));
    assertTrue(String.valueOf(e.getMessage()).contains("ptlr."), e::getMessage);
  }
}
