// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark;

import dev.kairos.cli.Main;
import dev.kairos.methods.files.NearestName;
import dev.kairos.spark.folders.FolderCommand;
import dev.kairos.spark.jobs.SparkUsageException;
import dev.kairos.spark.verbs.Cluster;
import dev.kairos.spark.verbs.CommandVerb;
import dev.kairos.spark.verbs.SparkVerb;
import dev.kairos.spark.verbs.TrainVerb;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The entry point of {@code kairos-spark.jar}: verbs of the {@code kairos} command over a cluster.
 *
 * <pre>spark-submit kairos-spark.jar localize --run hdfs:///runs/m --data hdfs:///data --out ..
 * </pre>
 */
public final class KairosSpark {
  private static final List<SparkVerb> VERBS = verbs();

  private static List<SparkVerb> verbs() {
    List<SparkVerb> verbs = new ArrayList<>();
    verbs.add(new CommandVerb("localize", "find actions with a trained run, by all executors"));
    verbs.add(new CommandVerb("evaluate", "score detections against annotations"));
    verbs.add(new TrainVerb());
    verbs.add(new CommandVerb("tune", "search over settings, a run an executor's task"));
    verbs.addAll(FolderCommand.all());
    return List.copyOf(verbs);
  }

  private KairosSpark() {}

  /** Runs the command line and ends the JVM with its exit code. */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    int code = run(List.of(args), out, System.err);
    out.flush();
    System.exit(code);
  }

  /**
   * Runs a command line.
   *
   * @param out where results go
   * @param err where messages and progress go
   * @return the exit code, as the {@code kairos} command has it
   */
  public static int run(List<String> args, PrintStream out, PrintStream err) {
    try (Cluster cluster = new Cluster(out, err)) {
      if (args.isEmpty()) {
        throw new SparkUsageException("KUSE-002", "no verb given", "one of: " + names());
      }
      if (List.of("-h", "--help", "help").contains(args.get(0))) {
        out.print(usage());
        return 0;
      }
      return verb(args.get(0)).run(args.subList(1, args.size()), cluster);
    } catch (Exception | Error e) {
      out.flush();
      return Main.fail(e, args, err);
    }
  }

  private static SparkVerb verb(String name) {
    return VERBS.stream()
        .filter(verb -> verb.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new SparkUsageException(
                    "KUSE-001",
                    "unknown verb: " + name,
                    NearestName.advice(
                        name,
                        VERBS.stream().map(SparkVerb::name).toList(),
                        "over a cluster there are: " + names())));
  }

  private static String names() {
    return String.join(", ", VERBS.stream().map(SparkVerb::name).toList());
  }

  private static String usage() {
    StringBuilder text =
        new StringBuilder("Usage: spark-submit [--master URL] kairos-spark.jar VERB ..\n\n");
    VERBS.forEach(verb -> text.append("  %-14s %s%n".formatted(verb.name(), verb.summary())));
    return text.append("\nVERB --help says more.\n").toString();
  }
}
