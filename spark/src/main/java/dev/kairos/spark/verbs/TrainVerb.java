// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.verbs;

import dev.kairos.cli.Main;
import dev.kairos.methods.pipeline.TrainingWork;
import dev.kairos.spark.jobs.SparkUsageException;
import dev.kairos.spark.training.ClusterTraining;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * {@code train}: the command's, whose shards {@code --workers N} tasks compute. {@code --shards K}
 * is short for {@code --set train.shards=K}.
 */
public final class TrainVerb implements SparkVerb {
  private static final String WORKERS = "--workers";
  private static final String SHARDS = "--shards";
  private static final String TIMEOUT = "--worker-timeout";
  private static final int USUAL_TIMEOUT = 600;

  @Override
  public String name() {
    return "train";
  }

  @Override
  public String summary() {
    return "train a run, its shards (--shards K) by tasks at once (--workers N)";
  }

  @Override
  public int run(List<String> words, Cluster cluster) {
    List<String> rest = new ArrayList<>(words);
    OptionalInt workers = take(rest, WORKERS);
    OptionalInt shards = take(rest, SHARDS);
    int timeout = take(rest, TIMEOUT).orElse(USUAL_TIMEOUT);
    if (rest.stream().anyMatch(word -> word.equals("--folds") || word.startsWith("--folds="))) {
      throw new SparkUsageException(
          "KUSE-001",
          "--folds trains on parts of a subset, which the machines of a cluster do not know",
          "train the folds by the kairos command, or leave it out");
    }
    TrainingWork work =
        workers.isPresent()
            ? new ClusterTraining(cluster::session, workers.getAsInt(), timeout)
            : TrainingWork.HERE;
    List<String> all = new ArrayList<>(List.of(name()));
    all.addAll(rest);
    shards.ifPresent(count -> all.addAll(List.of("--set", "train.shards=" + count)));
    return Main.run(
        all.toArray(String[]::new),
        cluster.out(),
        cluster.err(),
        CommandVerb.surroundings(cluster, work));
  }

  /** Takes an option with a count away from the words; empty where it is not among them. */
  private static OptionalInt take(List<String> words, String option) {
    OptionalInt taken = OptionalInt.empty();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals(option) || word.startsWith(option + "=")) {
        boolean apart = word.equals(option);
        String value =
            !apart
                ? word.substring(option.length() + 1)
                : i + 1 < words.size() ? words.get(i + 1) : "";
        if (!value.matches("[1-9]\\d{0,5}")) {
          throw new SparkUsageException(
              "KUSE-002",
              option + " needs a whole number of at least 1, found '" + value + "'",
              "for example " + option + " 4");
        }
        taken = OptionalInt.of(Integer.parseInt(value));
        words.subList(i, i + (apart ? 2 : 1)).clear();
        i--;
      }
    }
    return taken;
  }
}
