// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark;

import dev.kairos.cli.Main;
import java.util.ArrayList;
import java.util.List;

/** {@code evaluate}: the command's, in the driver alone, on files wherever they lie. */
final class EvaluateVerb implements SparkVerb {
  @Override
  public String name() {
    return "evaluate";
  }

  @Override
  public String summary() {
    return "score detections against annotations";
  }

  @Override
  public int run(List<String> words, Cluster cluster) {
    List<String> all = new ArrayList<>(List.of(name()));
    all.addAll(words);
    return Main.run(all.toArray(String[]::new), cluster.out(), cluster.err());
  }
}
