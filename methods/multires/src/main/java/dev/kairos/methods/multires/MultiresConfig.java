// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import dev.kairos.methods.multires.PtlrConfig.Networks;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.settings.Settings;

/**
 * The hyperparameters of the whole method.
 *
 * @param refine whether refinement follows; without it the initial networks localise
 * @param localizeWith which refinement networks localise, of those that are trained
 * @param ilg the stage that gives the initial labels
 * @param labels how it gives them
 * @param ptlr the stages that refine them
 */
record MultiresConfig(
    boolean refine, Networks localizeWith, IlgConfig ilg, InitialLabels labels, PtlrConfig ptlr) {

  /**
   * Reads every key, with the paper's values as defaults.
   *
   * @throws ConfigException if a network is to localise that is not trained
   */
  public static MultiresConfig from(Settings settings) {
    settings.describedBy(MultiresConfig.class);
    boolean refine = settings.flag("refine", true);
    Networks with = settings.choice("localizeWith", Networks.BOTH);
    IlgConfig ilg = IlgConfig.from(settings);
    MultiresConfig config =
        new MultiresConfig(
            refine,
            with,
            ilg,
            InitialLabels.from(settings, ilg.streamWeights()),
            PtlrConfig.from(settings));
    Networks trained = config.ptlr().networks();
    if (trained != Networks.BOTH
        && config.localizeWith() != Networks.BOTH
        && config.localizeWith() != trained) {
      throw new ConfigException(
          "KCONF-003",
          "localizeWith=" + with + ": that network is not trained",
          "ptlr.networks=both trains it");
    }
    return config;
  }
}
