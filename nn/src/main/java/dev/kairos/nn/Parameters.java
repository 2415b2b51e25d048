// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn;

import dev.kairos.kernels.Philox;
import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.init.Initializer;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The weights of a network, in the order in which its layers made them. Layers take the part of the
 * tree they own: {@code new Linear(parameters.at("filter").at("conv1"), ..)}. A weight's first
 * values depend on the seed and its name alone.
 */
public final class Parameters {
  private final Engine engine;
  private final RandomKey key;
  private final String prefix;
  private final Map<String, Parameter> all;

  /**
   * An empty set.
   *
   * @param engine whose memory holds the weights
   * @param key draws the first values
   */
  public Parameters(Engine engine, RandomKey key) {
    this(engine, key, "", new LinkedHashMap<>());
  }

  private Parameters(Engine engine, RandomKey key, String prefix, Map<String, Parameter> all) {
    this.engine = engine;
    this.key = key;
    this.prefix = prefix;
    this.all = all;
  }

  /** The engine whose memory holds the weights. */
  public Engine engine() {
    return engine;
  }

  /** The part of the tree below a name; what is made there appears here too. */
  public Parameters at(String name) {
    return new Parameters(engine, key, prefix + name + ".", all);
  }

  /**
   * Makes a weight.
   *
   * @param name its last name
   * @param shape its shape in memory
   * @param initializer its first values, drawn in the order of memory when they are asked for
   * @param layout its axes in files; must fit the shape
   */
  public Parameter create(String name, Shape shape, Initializer initializer, FileLayout layout) {
    engine.requireOwner("parameters");
    String path = prefix + name;
    if (all.containsKey(path)) {
      throw new IllegalArgumentException("parameters: two weights are called " + path);
    }
    layout.require(path, shape);
    Parameter made =
        new Parameter(path, shape, layout, engine, () -> first(path, shape, initializer));
    all.put(path, made);
    return made;
  }

  private double[] first(String path, Shape shape, Initializer initializer) {
    double[] first = initializer.values(shape.count(), Philox.generator(key.child(path)));
    if (first.length != shape.count()) {
      throw new IllegalArgumentException(
          "parameters: "
              + path
              + " "
              + shape
              + " needs "
              + shape.count()
              + " first values, not "
              + first.length);
    }
    return first;
  }

  /** All weights of the whole tree, in the order they were made. */
  public List<Parameter> all() {
    return List.copyOf(all.values());
  }

  /** The weights of this part of the tree alone, in the order they were made. */
  public List<Parameter> below() {
    return all.values().stream().filter(p -> p.name().startsWith(prefix)).toList();
  }

  /** All weights by name. */
  public Map<String, Parameter> byName() {
    return Collections.unmodifiableMap(all);
  }

  /** Number of numbers in all weights. */
  public long count() {
    return all.values().stream().mapToLong(p -> p.shape().count()).sum();
  }
}
