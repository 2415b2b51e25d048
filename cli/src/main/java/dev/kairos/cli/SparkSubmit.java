// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How {@code spark-submit} is started here.
 *
 * @param environment variables: SPARK_HOME, PATH, KAIROS_SPARK_JAR
 * @param own the jar or folder that this command was loaded from
 */
record SparkSubmit(Map<String, String> environment, Path own) {
  private static final String JAR = "kairos-spark.jar";

  /** Options of spark-submit, each with a value. */
  private static final Set<String> OPTIONS =
      Set.of(
          "--master",
          "--deploy-mode",
          "--conf",
          "--name",
          "--driver-memory",
          "--executor-memory",
          "--executor-cores",
          "--total-executor-cores",
          "--num-executors",
          "--properties-file",
          "--packages",
          "--jars",
          "--files",
          "--queue");

  /** With the environment of this process. */
  static SparkSubmit here() {
    CodeSource source = SparkSubmit.class.getProtectionDomain().getCodeSource();
    try {
      return new SparkSubmit(
          System.getenv(),
          source == null ? Path.of("") : Path.of(source.getLocation().toURI()).toAbsolutePath());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The command to start.
   *
   * @param words a verb and its options, and among them options of spark-submit
   * @throws UsageException if there is no spark-submit here, or no jar to give it
   */
  List<String> command(List<String> words) {
    List<String> command = new ArrayList<>(List.of(program().toString()));
    List<String> verb = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      int equals = word.indexOf('=');
      if (equals > 0 && OPTIONS.contains(word.substring(0, equals))) {
        command.add(word.substring(0, equals));
        command.add(word.substring(equals + 1));
      } else if (!OPTIONS.contains(word)) {
        verb.add(word);
      } else if (i + 1 < words.size()) {
        command.add(word);
        command.add(words.get(++i));
      } else {
        throw new UsageException(word + " needs a value", "see kairos spark --help");
      }
    }
    if (verb.isEmpty()) {
      throw new UsageException("no verb given", "kairos spark localize ..");
    }
    command.add(jar().toString());
    command.addAll(verb);
    return command;
  }

  private Path program() {
    String name = File.separatorChar == '\\' ? "spark-submit.cmd" : "spark-submit";
    String home = environment.getOrDefault("SPARK_HOME", "");
    if (!home.isBlank()) {
      Path program = Path.of(home).resolve("bin").resolve(name);
      if (!Files.isExecutable(program)) {
        throw new UsageException(
            "SPARK_HOME is " + home + ", and there is no " + program,
            "set it to where Apache Spark 4 was unpacked");
      }
      return program;
    }
    for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      if (!folder.isBlank() && Files.isExecutable(Path.of(folder).resolve(name))) {
        return Path.of(folder).resolve(name);
      }
    }
    throw new UsageException(
        "no spark-submit: SPARK_HOME is not set, and the path has none",
        "unpack Apache Spark 4 (Scala 2.13) from spark.apache.org and set SPARK_HOME to its folder;"
            + " or, where Spark is, spark-submit --master URL kairos-spark.jar VERB ..");
  }

  private Path jar() {
    String said = environment.getOrDefault("KAIROS_SPARK_JAR", "");
    List<Path> places =
        said.isBlank()
            ? List.of(
                own.resolveSibling(JAR), // beside kairos.jar
                own.resolve("../../../spark/target").resolve(JAR).normalize()) // where it is built
            : List.of(Path.of(said));
    return places.stream()
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "there is no " + places.get(places.size() - 1),
                    "make it: mvn -Pspark -pl spark -am package -DskipTests; or set"
                        + " KAIROS_SPARK_JAR to where it is"));
  }
}
