// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.settings.Settings;
import dev.kairos.tensor.Engine;
import java.util.Map;

/**
 * A localisation method, which {@code kairos train METHOD} trains. Announced through {@link
 * java.util.ServiceLoader}, by a public constructor without parameters.
 */
public interface Method {
  /** The name users type. */
  String name();

  /** Its place in tables and in the demonstration: lower first, the simplest method 0. */
  int rank();

  /** One line: what it learns from, and its source. */
  String summary();

  /**
   * Settings that differ from the method's defaults for a kind of data, as TOML by name. A preset
   * is taken by itself when the data set's name begins with the preset's.
   */
  Map<String, String> presets();

  /**
   * Makes a model with fresh weights.
   *
   * @param settings asked for every key the method knows, so that they can be listed afterwards
   * @param data says the classes and the streams
   * @param engine whose memory holds the weights
   * @param key the run's seed
   * @throws ConfigException if a setting is out of range
   */
  Model model(Settings settings, DatasetDescription data, Engine engine, RandomKey key);

  /**
   * What code that the method's authors published for PyTorch calls the weights: the name here to
   * the name there. A name here that begins with {@code *.} stands for one weight in every stream;
   * the authors then have a file for each. Empty where no code of the method's shape is known.
   */
  default Map<String, String> publishedWeights() {
    return Map.of();
  }
}
