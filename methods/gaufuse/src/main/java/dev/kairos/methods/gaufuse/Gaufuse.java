// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.gaufuse;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.Methods;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.host.HostMethod;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Method;
import dev.kairos.methods.training.Model;
import dev.kairos.methods.training.Presets;
import dev.kairos.tensor.Engine;
import java.util.Map;

/** Training on labels of fused instances as a method: any host, RSKP by itself. */
public final class Gaufuse implements Method {
  private static final String RSKP = "rskp";

  @Override
  public String name() {
    return "gaufuse";
  }

  @Override
  public int rank() {
    return 31;
  }

  @Override
  public String summary() {
    return "GauFuse (CVPR 2023): labels of fused instances, renewed, for RSKP or another host";
  }

  @Override
  public Map<String, String> presets() {
    return Presets.load(
        Gaufuse.class,
        "code",
        "paper",
        "thumos14",
        "activitynet13",
        "sbhar",
        "sbhar-published",
        "thumos-like",
        "thumos-like-quick");
  }

  /** Those of its usual host. */
  @Override
  public Map<String, String> publishedWeights() {
    return Methods.named(RSKP).publishedWeights();
  }

  /**
   * A host with its own settings, beside those of the labels. Where nothing is said, the host's
   * preset holds: that of the same name as the one asked for, or else the one for the data; and
   * before it what hosting changes.
   */
  @Override
  public Model model(Settings settings, DatasetDescription data, Engine engine, RandomKey key) {
    HostMethod host = host(settings.text("host", RSKP));
    settings
        .preset()
        .filter(host.presets()::containsKey)
        .or(() -> Presets.forDataset(host, data.name()))
        .ifPresent(
            name ->
                settings.fallBackOn(
                    "preset " + name + " of " + host.name(), Experiment.preset(host, name)));
    String hosted = host.name().equals(RSKP) ? "hosted-rskp" : "hosted";
    settings.fallBackOn("preset " + hosted, Presets.text(Gaufuse.class, hosted));
    GaufuseConfig config = GaufuseConfig.from(settings);
    return new GaufuseModel(config, host.model(settings, data, engine, key), key);
  }

  private static HostMethod host(String name) {
    if (Methods.named(name) instanceof HostMethod host) {
      return host;
    }
    String hosts =
        String.join(
            ", ",
            Methods.all().stream().filter(HostMethod.class::isInstance).map(Method::name).toList());
    throw new ConfigException(
        "KCONF-003",
        "host: " + name + " cannot learn labels of snippets",
        "choose one of " + hosts);
  }
}
