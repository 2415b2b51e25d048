// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Where the jobs of tests run: threads of this process, or executors in processes of their own that
 * a whole cluster inside this process has started.
 *
 * <p>A JVM has one session at a time: close one before the next is opened.
 */
public enum Master {
  /** Two threads. */
  LOCAL("local[2]"),

  /** Two executors of one thread and a gigabyte. */
  CLUSTER("local-cluster[2,1,1024]");

  private final String url;

  Master(String url) {
    this.url = url;
  }

  /** As {@code spark-submit --master} has it. */
  public String url() {
    return url;
  }

  /** Opens a session. */
  public SparkSession open() {
    return open(Map.of());
  }

  /**
   * Opens a session with settings of its own.
   *
   * @param settings by key, such as {@code spark.task.maxFailures}
   */
  public SparkSession open(Map<String, String> settings) {
    return open(url, settings);
  }

  /** The same with as many executors as one likes, such as {@code local-cluster[4,1,512]}. */
  public static SparkSession open(String url, Map<String, String> settings) {
    Path home = home();
    SparkSession.Builder session =
        SparkSession.builder()
            .master(url)
            .appName("kairos tests")
            .config("spark.ui.enabled", false)
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", 2)
            .config("spark.sql.warehouse.dir", home.resolve("warehouse").toUri().toString())
            // Executors load what the test loads, on the JDK that it runs on.
            .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .config("spark.executorEnv.JAVA_HOME", System.getProperty("java.home"));
    settings.forEach(session::config);
    return session.getOrCreate();
  }

  /** A Spark installation as far as starting an executor needs one: a folder {@code jars}. */
  private static Path home() {
    String home = System.getenv("SPARK_HOME");
    if (home == null) {
      throw new IllegalStateException(
          "SPARK_HOME is not set: spark/pom.xml sets it for the tests it runs, to a folder below"
              + " target");
    }
    try {
      Files.createDirectories(Path.of(home, "jars"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Path.of(home);
  }
}
