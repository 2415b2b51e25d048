// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.training;

import dev.kairos.methods.data.AnnotationRules;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.files.Plural;
import dev.kairos.methods.pipeline.RunsWork;
import dev.kairos.methods.training.Progress;
import dev.kairos.methods.training.TrainingLoop;
import dev.kairos.spark.files.Places;
import dev.kairos.spark.jobs.SparkJob;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Trains many runs at once, a task each, straight into their folders. A task that Spark repeats
 * goes on from the run's checkpoint.
 */
public final class ClusterRuns implements RunsWork {
  private final Supplier<SparkSession> session;

  /**
   * On a cluster that is connected to when there is work.
   *
   * @param session opens it
   */
  public ClusterRuns(Supplier<SparkSession> session) {
    this.session = session;
  }

  @Override
  public Map<Path, String> train(
      Dataset dataset, List<Planned> runs, TrainingLoop.Options options, Progress progress)
      throws IOException {
    SparkContext context = session.get().sparkContext();
    SerializableConfiguration hadoop = new SerializableConfiguration(context.hadoopConfiguration());
    AnnotationRules rules = dataset.description().rules();
    RunTask task =
        new RunTask(
            hadoop,
            Places.name(new Places(hadoop.value()).path(dataset.place())),
            rules.train(),
            rules.test(),
            options.checkpointSeconds(),
            options.maxSeconds());
    List<String[]> tasks =
        IntStream.range(0, runs.size())
            .mapToObj(
                i ->
                    new String[] {
                      String.valueOf(i),
                      Places.name(runs.get(i).place()),
                      runs.get(i).method(),
                      runs.get(i).config()
                    })
            .toList();
    Map<Path, String> problems = new LinkedHashMap<>();
    String what = "train " + Plural.of(runs.size(), "run");
    progress.start(what, runs.size());
    int[] done = new int[1];
    SparkJob.run(
        context,
        what,
        task,
        RunTask::train,
        tasks,
        answer -> {
          RunTask.Answer of = RunTask.Answer.of(answer);
          if (!of.problem().isEmpty()) {
            problems.put(runs.get(of.number()).place(), of.problem());
          }
          progress.step(++done[0], Double.NaN);
        });
    progress.finish();
    return problems;
  }
}
