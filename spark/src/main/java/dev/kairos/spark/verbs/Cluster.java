// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.verbs;

import dev.kairos.spark.jobs.SparkUsageException;
import java.io.PrintStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** The cluster a verb works on, connected to when it is first asked for; and whom to tell. */
public final class Cluster implements AutoCloseable {
  private final PrintStream out;
  private final PrintStream err;
  private @Nullable SparkSession own;

  /**
   * A cluster of which nothing is known but what Spark was told at its start.
   *
   * @param out where results go
   * @param err where messages and progress go
   */
  public Cluster(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Where results go. */
  public PrintStream out() {
    return out;
  }

  /** Where messages and progress go. */
  public PrintStream err() {
    return err;
  }

  /** Hadoop's settings: the session's, or before there is one those that Spark would start with. */
  public Configuration hadoop() {
    SparkSession there = running();
    return there != null
        ? there.sparkContext().hadoopConfiguration()
        : SparkHadoopUtil.get().newConfiguration(new SparkConf());
  }

  private static @Nullable SparkSession running() {
    scala.Option<SparkSession> there = SparkSession.getDefaultSession();
    return there.isDefined() && !there.get().sparkContext().isStopped() ? there.get() : null;
  }

  /**
   * The session: one that is there already, or one of its own until {@link #close}.
   *
   * @throws SparkUsageException KUSE-004 if nobody said which cluster
   */
  public SparkSession session() {
    SparkSession there = running();
    if (there != null) {
      return there;
    }
    if (System.getProperty("spark.master") == null) {
      throw new SparkUsageException(
          "KUSE-004",
          "no master: which cluster is to do the work was not said",
          "spark-submit --master URL kairos-spark.jar .., or local[4] for this machine");
    }
    own = SparkSession.builder().appName("Kairos").getOrCreate();
    return own;
  }

  @Override
  public void close() {
    if (own != null) {
      own.stop();
      own = null;
    }
  }
}
