// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.verbs;

import dev.kairos.cli.Main;
import dev.kairos.cli.Surroundings;
import dev.kairos.methods.pipeline.TrainingWork;
import dev.kairos.spark.files.Places;
import dev.kairos.spark.localization.ClusterLocalization;
import dev.kairos.spark.training.ClusterRuns;
import java.util.ArrayList;
import java.util.List;

/**
 * A verb of the {@code kairos} command as it is, with Hadoop's files, and with recordings localised
 * and many runs trained by the executors.
 *
 * @param name the word by which it is called, here and there
 * @param summary what it does, in a line
 */
public record CommandVerb(String name, String summary) implements SparkVerb {
  @Override
  public int run(List<String> words, Cluster cluster) {
    List<String> all = new ArrayList<>(List.of(name));
    all.addAll(words);
    return Main.run(
        all.toArray(String[]::new),
        cluster.out(),
        cluster.err(),
        surroundings(cluster, TrainingWork.HERE));
  }

  /**
   * What the command finds on a cluster.
   *
   * @param training who takes the steps of a training
   */
  static Surroundings surroundings(Cluster cluster, TrainingWork training) {
    return new Surroundings(
        new Places(cluster.hadoop())::path,
        new ClusterLocalization(cluster::session),
        training,
        new ClusterRuns(cluster::session));
  }
}
