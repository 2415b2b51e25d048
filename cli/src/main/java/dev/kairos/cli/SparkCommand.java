// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code kairos spark}: a verb over a cluster, by the {@code spark-submit} that is here. */
@Command(
    name = "spark",
    description = {
      "Run a verb over a cluster, by Apache Spark 4: localize, evaluate, pseudo-label, lp solve.",
      "Starts SPARK_HOME/bin/spark-submit, or the spark-submit on the path, with kairos-spark.jar."
          + " What",
      "spark-submit takes goes to it: --master --deploy-mode --conf --name --driver-memory"
          + " --executor-memory",
      "--executor-cores --total-executor-cores --num-executors --properties-file --packages --jars"
          + " --files",
      "--queue. All else goes to the verb: kairos spark VERB --help. docs/spark.md says more."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  kairos spark localize --master yarn --run hdfs:///runs/m --data hdfs:///films --out"
          + " hdfs:///d.json",
      "  kairos spark lp solve models --master 'local[4]' --out answers.jsonl"
    })
final class SparkCommand implements Callable<Integer> {
  @ParentCommand private KairosCommand kairos;

  @Parameters(
      paramLabel = "VERB",
      arity = "1..*",
      description = "The verb and its options, and those of spark-submit.")
  private List<String> words = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // picocli sets the parent
  SparkCommand() {}

  @Override
  public Integer call() throws IOException {
    SparkSubmit submit = SparkSubmit.here();
    List<String> command = submit.command(words);
    kairos.messages().detail(String.join(" ", command));
    kairos.out().flush();
    Process process = new ProcessBuilder(command).inheritIO().start();
    while (true) {
      try {
        return process.waitFor();
      } catch (InterruptedException e) {
        process.destroy(); // it ends, and is waited for
      }
    }
  }
}
